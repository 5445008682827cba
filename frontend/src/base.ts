/** What is asked of a page here. */
type Rooted = { documentElement: { dataset: DOMStringMap } };

/** The path under which a proxy shows the console, with a slash at its end. */
export function base(page: Rooted): string {
  return page.documentElement.dataset['base'] ?? '/';
}

/** A path of the console, such as `/pods`, as the browser has to ask for it. */
export function within(page: Rooted, path: string): string {
  return base(page) + path.slice(1);
}
