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

/** How many things of the lists came and went since they were last shown. */
export interface Moved {
  came: number;
  went: number;
}

function rows(list: Element | null): Map<string, Element> {
  const found = new Map<string, Element>();
  for (const row of list?.children ?? []) {
    if (row.id !== '') {
      found.set(row.id, row);
    }
  }
  return found;
}

/** Brings the page up to date where it says that it may: nothing is inserted, nothing moves. */
export function patch(page: Document, fresh: Document): Moved {
  page.querySelectorAll('[data-live][id]').forEach((element) => {
    const newer = fresh.getElementById(element.id);
    if (newer !== null) {
      morph(element, newer);
    }
  });
  const moved = { came: 0, went: 0 };
  page.querySelectorAll('[data-live-rows][id]').forEach((list) => {
    const newer = rows(fresh.getElementById(list.id));
    const present = rows(list);
    for (const [id, row] of present) {
      const wanted = newer.get(id);
      if (wanted === undefined) {
        moved.went += 1;
        row.classList.add('gone');
      } else {
        morph(row, wanted);
      }
    }
    moved.came += [...newer.keys()].filter((id) => !present.has(id)).length;
  });
  return moved;
}

/** Shows the lists as they are now; false where that needs the whole page. */
export function show(page: Document, fresh: Document): boolean {
  const lists = [...page.querySelectorAll('[data-live-rows][id]')];
  if (lists.some((list) => fresh.getElementById(list.id) === null)) {
    return false;
  }
  for (const list of lists) {
    list.replaceChildren(...[...(fresh.getElementById(list.id)?.childNodes ?? [])].map((node) => page.importNode(node, true)));
  }
  return true;
}
