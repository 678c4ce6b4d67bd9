// The scheme of colours that was chosen on this browser, set before anything is painted. Without a choice, or
// where nothing may be remembered, the system's.
(() => {
  const paint = () => {
    let theme;
    try {
      theme = localStorage.theme;
    } catch {}
    const chosen = theme === "light" || theme === "dark";
    const root = document.documentElement;
    if (chosen) root.dataset.theme = theme;
    else delete root.dataset.theme;
    document.querySelector("meta[name=color-scheme]").content = chosen ? theme : "light dark";
  };
  paint();
  // Chosen in another tab; come back to by the back button; chosen on this page.
  for (const event of ["storage", "pageshow", "theme"]) addEventListener(event, paint);
})();
