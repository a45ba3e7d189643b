// Files, and places in a list, by drag and drop. The forms that they go through work without: a choice of files, and buttons that move.

const holds = (event) => event.dataTransfer?.types.includes("Files");

// Files that are dropped on the form are sent by it.
for (const form of document.querySelectorAll("[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  const accepted = field.accept.split(",");
  form.querySelector("[data-hint]").hidden = false;
  form.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("over"); });
  form.addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    const files = new DataTransfer();
    for (const file of event.dataTransfer.files) if (accepted.includes(file.type)) files.items.add(file);
    if (!files.files.length) return;
    field.files = files.files;
    form.requestSubmit();
  });
}
// Beside the form a browser would leave the page for the file, and what was typed would be lost.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => { if (holds(event)) event.preventDefault(); });

// What is dragged in a list goes where it is dropped: its form is sent in the new order. Where it has fields to write in, it is
// dragged by its grip.
for (const list of document.querySelectorAll("[data-order]")) {
  let dragged, before;
  for (const item of list.children) {
    const grip = item.querySelector("[data-grip]") ?? item;
    grip.hidden = false;
    grip.draggable = true;
  }
  list.addEventListener("dragstart", (event) => {
    // Not words that are dragged out of a field.
    if (!event.target.closest?.("[draggable=true]")) return;
    dragged = event.target.closest("li");
    before = [...list.children];
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 12, 12);
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest("li");
    if (!over || over === dragged || !list.contains(over)) return;
    const items = [...list.children];
    items.indexOf(over) > items.indexOf(dragged) ? over.after(dragged) : over.before(dragged);
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    // What is sent is the order of the fields; which one moves is said for the form's own buttons, and it stays.
    const id = dragged.querySelector("[name=picture], [name=row]").value;
    const form = list.closest("form");
    const move = Object.assign(document.createElement("input"), { type: "hidden", name: "move", value: `here:${id}` });
    before = undefined;
    form.append(move);
    form.requestSubmit();
    // Where a field stands against it, another button moves by itself.
    move.remove();
  });
  // Dropped elsewhere it stays where it was.
  list.addEventListener("dragend", () => {
    if (before) list.replaceChildren(...before);
    dragged = before = undefined;
  });
}
