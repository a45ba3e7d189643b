// Accepts an invitation or sets a new password, through the public API.
const invited = location.pathname.endsWith("/invitation");
const token = location.hash.slice(1);
const element = (name) => document.getElementById(name);
const title = invited ? "You are invited" : "A new password";
const mutation = invited
  ? `mutation($input: StaffInvitationAcceptInput!) {
      answer: staffInvitationAccept(input: $input) { userErrors { message } } }`
  : `mutation($input: StaffPasswordResetInput!) {
      answer: staffPasswordReset(input: $input) { userErrors { message } } }`;

element("title").textContent = document.title = title;
element("naming").hidden = !invited;
element("name").required = invited;

async function send() {
  const input = { token, password: element("password").value };
  if (invited) input.name = element("name").value;
  const body = JSON.stringify({ query: mutation, variables: { input } });
  const headers = { "content-type": "application/json" };
  const answer = await (await fetch("/graphql", { method: "POST", headers, body })).json();
  const errors = answer.errors ?? answer.data.answer.userErrors;
  return errors.map((error) => error.message).join(" ");
}

element("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  element("state").textContent = "One moment…";
  const wrong = await send().catch(() => "The shop does not answer. Try again in a moment.");
  element("state").textContent = wrong || "Done: sign in with your mail address and the new password.";
  element("form").hidden = !wrong;
  const next = element("next");
  if (next) next.hidden = Boolean(wrong);
});
