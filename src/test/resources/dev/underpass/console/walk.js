// What the tests that walk the pages ask of one; an expression whose value is an object of questions.
(() => {
  const SHOWING = { visibilityProperty: true, contentVisibilityAuto: true };
  const shown = (e) => e.checkVisibility(SHOWING);
  const plain = (text) => text.replace(/\s+/g, ' ').trim();
  // How long ago something was differs from one look to the next.
  const ageless = (text) => text.replace(/\b\d+ (s|min|h|d)\b/g, 'n $1');

  const texts = (root, without) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { parentElement: box, data } = walker.currentNode;
      if (plain(data) !== '' && shown(box) && !(without && box.closest(without))) {
        found.push(plain(data));
      }
    }
    return ageless(found.join(' '));
  };

  const what = (e) =>
    plain([e.localName, e.id && `#${e.id}`, e.name, e.getAttribute('href'), e.getAttribute('aria-label') ?? e.textContent.slice(0, 60)]
      .filter(Boolean).join(' '));

  const main = () => document.querySelector('main');

  // The text of a page, what its address says is chosen, and what stands in its fields.
  const screen = () => [
    location.pathname + location.search,
    texts(main()),
    ...[...main().querySelectorAll('[aria-current], .chosen, .wins, .selected, details[open] > summary, [tabindex="0"]')].map(what),
    ...[...main().querySelectorAll('input:not([name=_csrf]), select, textarea')].map((e) => `${e.name}=${e.value} ${e.checked ?? ''}`),
  ];

  const facts = (without) => {
    const all = (selector, say) => [...main().querySelectorAll(selector)].filter((e) => shown(e) && !e.closest(without)).map(say);
    return [
      ...all('h1, h2, h3, h4', (e) => `${e.localName} ${texts(e)}`),
      ...all('tr', (e) => `row ${texts(e, without)}`),
      ...all('a[href]', (e) => `link ${e.getAttribute('href')} ${e.getAttribute('aria-label') ?? ''}`),
      ...all('input, select, textarea, button', (e) => `control ${e.localName} ${e.name} ${e.value}`),
      texts(main(), without),
    ];
  };

  // Controls that nothing answers where scripts are off, and forms that nothing submits.
  const dead = () => {
    const lost = [...document.querySelectorAll(
      'button[type=button]:enabled, a:not([href]), canvas, [role=button], [aria-pressed], [data-copy], :is(input, select, textarea, button):enabled:not([type=hidden])')]
      .filter((e) => shown(e) && (e.matches('button[type=button], a, canvas, [role], [aria-pressed], [data-copy]') || e.form === null));
    const stuck = [...document.forms].filter((form) =>
      shown(form) && ![...form.elements].some((e) => e.localName === 'button' && e.type === 'submit' && shown(e)));
    return [...lost, ...stuck].map(what);
  };

  const stops = () => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]')].filter((e) =>
    e.tabIndex >= 0 && !e.matches(':disabled, [type=hidden]') && shown(e) && (e.type !== 'radio' || e === stopOf(e)));
  const stopOf = (radio) => {
    const group = [...document.getElementsByName(radio.name)];
    return group.find((e) => e.checked) ?? group[0];
  };

  const mark = (e) => [e, ...(e instanceof SVGElement ? e.querySelectorAll('rect') : [])].map((each) => {
    const style = getComputedStyle(each);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.borderColor, style.borderWidth, style.boxShadow,
      style.stroke, style.strokeWidth, style.strokeDasharray].join(' ');
  }).join('; ');

  // Whether some of an element can be seen: inside the window, with nothing on top of it.
  const uncovered = (e) => [...e.getClientRects()].some((box) => {
    const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
    const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
    return right > left && bottom > top && [0.5, 0.05, 0.95].some((x) => [0.5, 0.05, 0.95].some((y) => {
      const hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
      return hit !== null && e.contains(hit);
    }));
  });

  // What the focus is at is noted when the next Tab is pressed: by then the browser has scrolled to it.
  const note = () => {
    const e = document.activeElement;
    window.walked.seen.push({
      at: window.walked.stops.indexOf(e), what: what(e), named: plain(e.computedName ?? '') !== '',
      uncovered: e !== document.body && uncovered(e), marked: mark(e) !== window.walked.marks.get(e) });
  };
  const begin = () => {
    const all = stops();
    window.walked = { stops: all, seen: [], marks: new Map(all.map((e) => [e, mark(e)])) };
    document.addEventListener('keydown', (event) => event.key === 'Tab' && note(), true);
    return all.map(what);
  };
  const seen = () => {
    note();
    return window.walked.seen.slice(1);
  };
  const focus = () => what(document.activeElement);
  const first = () => stops().map((e) => [e, what(e)]).find(([e]) => main().contains(e))?.[1] ?? '';

  return { screen, facts, dead, begin, seen, focus, first };
})()
