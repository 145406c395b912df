/* Copy what stands in an element; the button shows itself only where copying works. */
(() => {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      if (window.sangkroh) window.sangkroh.tell(button.dataset.wordDone);
      button.textContent = button.dataset.wordDone;
    });
  });
})();
