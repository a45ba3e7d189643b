// What the links of mails about an account ask for, done through the public API.
const page = location.pathname.split("/").pop();
const token = location.hash.slice(1);
const element = (name) => document.getElementById(name);
const pages = {
  "confirm": {
    title: "Confirm your address", field: "customerEmailConfirm", secret: "The password that you chose",
    autocomplete: "current-password", signsIn: true,
    done: "Done: your account is open. Sign in with your mail address and password.",
  },
  "password-reset": {
    title: "A new password", field: "customerPasswordReset", secret: "A new password of at least 12 characters",
    autocomplete: "new-password", signsIn: true,
    done: "Done: sign in with your mail address and the new password.",
  },
  "password-forgotten": {
    title: "A new password", field: "customerPasswordResetRequest", mail: true,
    done: "If this address has an account, a mail is on its way.",
  },
  "email-change": {
    title: "Confirm your new address", field: "customerEmailChangeConfirm",
    done: "Done: sign in with this address from now on.",
  },
  "erase": {
    title: "Erase your account", field: "customerEraseConfirm",
    done: "Your account is being erased. This cannot be undone.",
  },
};
const { title, field, secret, autocomplete, mail, signsIn, done } = pages[page];

element("title").textContent = document.title = title;
element("mailing").hidden = !mail;
element("email").required = Boolean(mail);
element("secret").hidden = !secret;
element("password").required = Boolean(secret);
element("password").autocomplete = autocomplete ?? "off";
element("wanted").textContent = secret ?? "";

async function send() {
  const input = mail ? { email: element("email").value } : { token };
  if (secret) input.password = element("password").value;
  const session = signsIn ? "session { refreshToken }" : "";
  const answer = await mutate(field, input, `${session} userErrors { message }`);
  const refreshToken = answer.data?.answer?.session?.refreshToken;
  // Nobody shops on this page: the session that came with it is ended.
  if (refreshToken) await mutate("signOut", { refreshToken }, "userErrors { message }").catch(() => {});
  const errors = answer.errors ?? answer.data.answer.userErrors;
  return errors.map((error) => error.message).join(" ");
}

async function mutate(name, input, selection) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { answer: ${name}(input: $input) { ${selection} } }`;
  const body = JSON.stringify({ query, variables: { input } });
  const headers = { "content-type": "application/json" };
  return (await fetch("/graphql", { method: "POST", headers, body })).json();
}

element("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  element("state").textContent = "One moment…";
  const wrong = await send().catch(() => "The shop does not answer. Try again in a moment.");
  element("state").textContent = wrong || done;
  element("form").hidden = !wrong;
});
