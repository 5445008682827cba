// Makes every text of a page 40 % longer, as a translation may be, and finds what then does not fit; an expression whose
// value is an object of questions.
(() => {
  const DATA = 'pre, code, .mono, svg, script, style, textarea';
  const SHOWING = { visibilityProperty: true, contentVisibilityAuto: true };

  // What only assistive technology reads is cut to a point on purpose.
  const unseen = (e) => {
    for (let box = e; box !== null; box = box.parentElement) {
      if (getComputedStyle(box).clipPath !== 'none') {
        return true;
      }
    }
    return !e.checkVisibility(SHOWING);
  };

  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { data, parentElement: box } = walker.currentNode;
      if (data.trim() !== '' && !unseen(box)) {
        found.push(walker.currentNode);
      }
    }
    return found;
  };

  // Words stay words: each gets longer, with letters that are as wide as most.
  const longer = (text) => text.replace(/\p{L}{2,}/gu, (word) => word + 'e'.repeat(Math.ceil(word.length * 0.4)));
  const lengthen = () => {
    texts().filter((each) => !each.parentElement.closest(DATA)).forEach((each) => { each.data = longer(each.data); });
    document.querySelectorAll('option').forEach((each) => { each.text = longer(each.text); });
    document.querySelectorAll('[placeholder]').forEach((each) => { each.placeholder = longer(each.placeholder); });
  };

  // What of a text can be seen: what its boxes that scroll or clip leave of its lines.
  const seen = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    let lines = [...range.getClientRects()].map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
    for (let box = text.parentElement; box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== 'visible') {
        const edge = box.getBoundingClientRect();
        lines = lines.map((line) => ({ left: Math.max(line.left, edge.left), top: Math.max(line.top, edge.top),
          right: Math.min(line.right, edge.right), bottom: Math.min(line.bottom, edge.bottom) }));
      }
    }
    return lines.filter((line) => line.right - line.left > 1 && line.bottom - line.top > 1);
  };
  const say = (text) => `${text.parentElement.localName} "${text.data.trim().slice(0, 60)}"`;

  // Texts on top of one another; lines of text may touch by their leading.
  const overlapping = () => {
    const all = texts().filter((each) => !each.parentElement.closest('option')).flatMap((text) => seen(text).map((line) => ({ text, line })));
    all.sort((one, other) => one.line.top - other.line.top);
    const found = [];
    all.forEach(({ text, line }, i) => {
      for (let j = i + 1; j < all.length && all[j].line.top < line.bottom - 4; j++) {
        const other = all[j];
        const across = Math.min(line.right, other.line.right) - Math.max(line.left, other.line.left);
        const down = Math.min(line.bottom, other.line.bottom) - other.line.top;
        if (other.text !== text && across > 2 && down > 6) {
          found.push(`${say(text)} and ${say(other.text)}`);
        }
      }
    });
    return [...new Set(found)];
  };

  // Boxes that cut their text and cannot be scrolled, and what stands beyond the edge of the page.
  const cut = () => {
    const hiding = [...document.querySelectorAll('body *')].filter((e) => !unseen(e) && !e.closest('svg')
      && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1);
    const wide = texts().filter((each) => seen(each).some((line) => line.right > document.documentElement.clientWidth + 1));
    const pressed = [...document.querySelectorAll('button, .button')].filter((e) => !unseen(e) && e.scrollWidth > e.clientWidth + 1);
    return [...hiding.map((e) => `cut: ${e.outerHTML.slice(0, 120)}`), ...pressed.map((e) => `cut: ${e.outerHTML.slice(0, 120)}`),
      ...wide.map((each) => `beyond the edge: ${say(each)}`)];
  };

  return { lengthen, overlapping, cut };
})()
