// The browser part is fetched when the page is whole and has nothing better to do, so that nothing waits for it.
// Where it cannot be fetched, the page stays as it is, which works.
const wake = async () => {
  let part;
  try {
    part = await import("/pkg/NAME.js");
    await part.default({ module_or_path: "/pkg/NAME_bg.wasm" });
  } catch {
    return;
  }
  part.hydrate();
  // As Leptos' own script does: the outer ones first, and what an outer one gives its children before those.
  for (const island of document.querySelectorAll("leptos-island")) {
    island.closest("leptos-children")?.$$on_hydrate?.();
    await part[island.dataset.component]?.(island);
  }
};
const idle = () =>
  window.requestIdleCallback ? requestIdleCallback(wake, { timeout: 2000 }) : setTimeout(wake, 200);
document.readyState === "complete" ? idle() : addEventListener("load", idle, { once: true });
