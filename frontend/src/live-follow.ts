/** What of a page is not shown as the server now tells it, since that would move what people look at. */
export interface Held {
  /** Rows that are not shown yet. */
  came: number;
  /** Rows that are struck out. */
  went: number;
  /** Lists whose rows stand in another order now. */
  moved: number;
  /** Parts that have another shape now. */
  other: number;
}

const ROWS = 'tr, li, article';

/** By what a row is known again: its id, or where it leads, or how it begins. */
function key(node: Node): string {
  if (!(node instanceof Element)) {
    return '';
  }
  const lead = node.matches(ROWS) ? (node.querySelector('a[href]')?.getAttribute('href') ?? node.firstElementChild?.textContent) : '';
  return node.id || (lead ?? '').trim();
}

/** The rows of a list by their keys; undefined for what is no list, or whose rows cannot be told apart. */
function rows(list: Element): Map<string, Element> | undefined {
  const found = new Map([...list.children].map((row) => [key(row), row]));
  return found.size === list.children.length && !found.has('') ? found : undefined;
}

function alike(one: Element, other: Element, same: (one: Node, other: Node) => boolean): boolean {
  return (
    one.childNodes.length === other.childNodes.length &&
    [...one.childNodes].every((node, i) => {
      const twin = other.childNodes[i];
      return twin !== undefined && twin.nodeName === node.nodeName && same(node, twin);
    })
  );
}

function attributes(shown: Element, told: Element, now: Element): void {
  for (const name of new Set([...told.getAttributeNames(), ...now.getAttributeNames()])) {
    const was = told.getAttribute(name);
    const is = now.getAttribute(name);
    if (was === is) {
      continue;
    }
    if (name === 'class') {
      shown.classList.remove(...told.classList);
      shown.classList.add(...now.classList);
    } else if (is === null) {
      shown.removeAttribute(name);
    } else {
      shown.setAttribute(name, is);
    }
    if (is === null) {
      told.removeAttribute(name);
    } else {
      told.setAttribute(name, is);
    }
  }
}

/** Keeps a part of a page as the server tells it, as far as nothing comes, goes or moves by it. */
export class Following {
  private held: Held = { came: 0, went: 0, moved: 0, other: 0 };

  /** @param told what is shown, as the server told it: scripts and people may have changed what is shown since */
  private constructor(private readonly shown: Element, private readonly told: Element) {}

  static of(shown: Element, told: Element): Following {
    const copy = told.cloneNode(true) as Element;
    copy.querySelectorAll('[data-htmx-powered]').forEach((each) => each.removeAttribute('data-htmx-powered'));
    return new Following(shown, copy);
  }

  /** Shows what the server tells now; the answer says what waits. */
  follow(now: Element): Held {
    this.held = { came: 0, went: 0, moved: 0, other: 0 };
    this.children(this.shown, this.told, now);
    return this.held;
  }

  private element(shown: Element, told: Element, now: Element): void {
    if (told.isEqualNode(now)) {
      shown.querySelectorAll('.gone').forEach((row) => row.classList.remove('gone'));
    } else if (now.hasAttribute('data-live') || now.nodeName === 'DATALIST') {
      told.replaceWith(now.cloneNode(true));
      if (now.nodeName === 'DATALIST') {
        shown.replaceChildren(...[...now.childNodes].map((node) => shown.ownerDocument.importNode(node, true)));
      }
    } else if (now.nodeName === 'CANVAS') {
      this.held.other += 1;
    } else if (this.children(shown, told, now)) {
      attributes(shown, told, now);
    }
  }

  /** Whether they could be shown, but for rows that wait. */
  private children(shown: Element, told: Element, now: Element): boolean {
    const known = alike(shown, told, () => true);
    if (known && alike(told, now, (one, other) => key(one) === key(other))) {
      const [mine, before, after] = [[...shown.childNodes], [...told.childNodes], [...now.childNodes]];
      after.forEach((node, i) => this.node(mine[i]!, before[i]!, node));
      return true;
    }
    const [before, after] = [rows(told), rows(now)];
    if (!known || before === undefined || after === undefined || before.size === 0) {
      this.held.other += told.isEqualNode(now) ? 0 : 1;
      return false;
    }
    this.list(shown, before, after);
    return true;
  }

  private node(shown: Node, told: Node, now: Node): void {
    if (shown instanceof Element && told instanceof Element && now instanceof Element) {
      shown.classList.remove('gone');
      this.element(shown, told, now);
    } else if (told.nodeValue !== now.nodeValue) {
      shown.nodeValue = now.nodeValue;
      told.nodeValue = now.nodeValue;
    }
  }

  private list(shown: Element, before: Map<string, Element>, after: Map<string, Element>): void {
    const mine = [...shown.children];
    [...before].forEach(([name, row], i) => {
      const now = after.get(name);
      mine[i]!.classList.toggle('gone', now === undefined);
      if (now === undefined) {
        this.held.went += 1;
      } else {
        this.element(mine[i]!, row, now);
      }
    });
    const fresh = [...after.keys()].filter((name) => !before.has(name));
    const stayed = [...before.keys()].filter((name) => after.has(name));
    this.held.came += fresh.length;
    this.held.moved += stayed.join('\n') === [...after.keys()].filter((name) => before.has(name)).join('\n') ? 0 : 1;
  }
}
