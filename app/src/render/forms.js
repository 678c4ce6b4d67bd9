// A form that was sent is not sent twice by a second press, and says that it is at work. A page that comes back by
// the back button is as it was, and so is one whose form led to no other page: an answer takes ten seconds at most.
const sent = new Map();
const free = (form) => {
  sent.get(form)?.removeAttribute("aria-busy");
  sent.delete(form);
};
addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || (button?.formMethod || form.method) !== "post") return;
  if (sent.has(form)) return event.preventDefault();
  sent.set(form, button);
  button?.setAttribute("aria-busy", "true");
  setTimeout(free, 12000, form);
});
addEventListener("pageshow", () => [...sent.keys()].forEach(free));
