/** A request that htmx is about to send. */
interface Configured {
  detail: { ctx: { request: { headers: Record<string, string> } } };
}

/** Gives a request of htmx the token of the page that it is sent from. */
export function addToken(page: Pick<Document, 'querySelector'>, event: Configured): void {
  const token = page.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? '';
  if (token !== '') {
    event.detail.ctx.request.headers['X-CSRF-TOKEN'] = token;
  }
}

/** Makes htmx send what our forms send by themselves: the token that shows that the page is ours. */
export function installFormToken(page: Document): void {
  page.addEventListener('htmx:config:request', (event) => addToken(page, event as unknown as Configured));
}
