/** Makes an element like another one, keeping every node that is the same, and with it focus and selection. */
export function morph(from: Element, to: Element): void {
  if (from.isEqualNode(to)) {
    return;
  }
  for (const name of from.getAttributeNames()) {
    if (!to.hasAttribute(name)) {
      from.removeAttribute(name);
    }
  }
  for (const name of to.getAttributeNames()) {
    const value = to.getAttribute(name) ?? '';
    if (from.getAttribute(name) !== value) {
      from.setAttribute(name, value);
    }
  }
  const wanted = [...to.childNodes];
  wanted.forEach((node, index) => child(from, from.childNodes[index], node));
  while (from.childNodes.length > wanted.length) {
    from.lastChild?.remove();
  }
}

function child(parent: Element, present: ChildNode | undefined, wanted: ChildNode): void {
  if (present === undefined) {
    parent.append(document.importNode(wanted, true));
  } else if (present instanceof Element && wanted instanceof Element && present.tagName === wanted.tagName) {
    morph(present, wanted);
  } else if (present.nodeType === wanted.nodeType && !(present instanceof Element)) {
    if (present.nodeValue !== wanted.nodeValue) {
      present.nodeValue = wanted.nodeValue;
    }
  } else {
    present.replaceWith(document.importNode(wanted, true));
  }
}

/** Makes what may change its shape as it is now: nothing else moves by it. */
export function patch(page: Document, fresh: Document): void {
  page.querySelectorAll('[data-live][id]').forEach((element) => {
    const newer = fresh.getElementById(element.id);
    if (newer !== null) {
      morph(element, newer);
    }
  });
}
