/* "Leave this page now" takes the place of this page in the browser's list; without scripts it is a plain link. */
document.querySelectorAll("[data-leave]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    window.location.replace(link.href);
  });
});
