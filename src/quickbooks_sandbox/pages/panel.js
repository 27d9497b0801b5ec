// Looks for new calls every two seconds. Without it the page shows those there were when it was loaded.
const calls = document.getElementById("calls");

setInterval(async () => {
  const answer = await fetch("/app/panel/calls");
  if (answer.ok && !document.hidden) calls.innerHTML = await answer.text();
}, 2000);
