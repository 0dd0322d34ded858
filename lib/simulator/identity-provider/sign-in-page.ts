import type { Person } from "./people";

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { display: grid; min-height: 100vh; margin: 0; place-items: center; background: Canvas; color: CanvasText; }
  main { width: min(24rem, 100vw - 3rem); }
  h1 { font-size: 1.25rem; margin: 0 0 .25rem; } p { margin: 0 0 1.25rem; opacity: .75; }
  button, input { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem .8rem; border-radius: .4rem; border: 1px solid GrayText; }
  button { display: block; margin: 0 0 .5rem; text-align: left; cursor: pointer; background: ButtonFace; color: ButtonText; }
  button small { display: block; opacity: .75; } hr { border: 0; border-top: 1px solid GrayText; margin: 1.25rem 0; opacity: .4; }
  label { display: block; margin: 0 0 .25rem; } input { margin: 0 0 .5rem; } [role=alert] { color: #c0262d; opacity: 1; }
`;

/** The whole page: one button per person, and a field as a real provider has it. There is no password to ask for. */
export function signInPage(people: readonly Person[], action: string, problem?: string): string {
  const buttons = people.map(
    ({ signInName, name }) =>
      `<button name="signInName" value="${escapeHtml(signInName)}">${escapeHtml(name)}<small>${escapeHtml(signInName)}</small></button>`,
  );
  return page(
    "Demo company sign-in",
    `<h1>Demo company sign-in</h1><p>Choose who you are. This provider belongs to the demo and asks no password.</p>
    ${problem ? `<p role="alert">${escapeHtml(problem)}</p>` : ""}
    <form method="post" action="${escapeHtml(action)}">${buttons.join("")}</form><hr>
    <form method="post" action="${escapeHtml(action)}"><label for="name">Sign-in name</label>
    <input id="name" name="signInName" autocomplete="username" required><button>Continue</button></form>`,
  );
}

export function messagePage(title: string, text: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
  <title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
