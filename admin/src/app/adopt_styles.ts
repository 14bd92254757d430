/**
 * Adds rules to a document or a shadow root as a sheet that no `<style>` element carries: a Content-Security-Policy
 * without 'unsafe-inline' lets it pass, and nothing outside the root is touched. Returns how to take it away again.
 */
export function adoptStyles(
  root: Document | ShadowRoot,
  css: string,
): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
