// Hosts hand a link on. Without this file they copy it by hand.

if (navigator.share) {
  document.documentElement.classList.add("shares");
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-share]");
    if (!button) return;
    try {
      await navigator.share({ url: button.dataset.share });
    } catch {
      // They thought better of it.
    }
  });
}
