import type { Page } from "@playwright/test";

/** What makes the page wider than the window, so that it has to be scrolled sideways; nothing where all of it fits. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1 && element.children.length === 0,
    );
    const describe = (element: Element) => `${element.outerHTML.slice(0, 160)} in ${element.parentElement?.className}`;
    return [`${scrollWidth} px`, ...wide.slice(0, 5).map(describe)];
  });
