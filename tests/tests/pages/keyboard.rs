//! Somebody who has a keyboard and nothing else.

use serde_json::json;

use crate::tab::Tab;

/// More than any page has to be stepped through.
const STEPS_MAX: usize = 150;

/// What is said of the element that has the focus, and whether it can be seen.
const FOCUSED: &str = "(() => {
    const one = document.activeElement;
    const named = one.getAttribute('aria-label') || one.labels?.[0]?.innerText || one.innerText || '';
    const box = one.getBoundingClientRect();
    return { name: named.trim(), isSeen: one === document.body || one.checkVisibility({ visibilityProperty: true }) && box.width > 0 };
})()";

impl Tab {
    /// Presses a key. `code`: its number, as Windows counts them.
    async fn press(&self, key: &str, code: u32, text: Option<&str>) {
        let mut down = json!({ "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code });
        if let Some(text) = text {
            down["text"] = text.into();
        }
        self.command("Input.dispatchKeyEvent", down).await;
        let up = json!({ "type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code });
        self.command("Input.dispatchKeyEvent", up).await;
    }

    /// Steps on to what is called so, or begins so.
    ///
    /// # Panics
    /// When nothing is that a keyboard comes to, or the focus gets lost.
    pub async fn step_to(&self, name: &str) {
        let mut passed = Vec::new();
        for _ in 0..STEPS_MAX {
            self.press("Tab", 9, None).await;
            let focused = self.evaluate(FOCUSED).await;
            let found = focused["name"].as_str().unwrap_or_default().to_owned();
            assert!(
                focused["isSeen"] == true,
                "the focus is on what cannot be seen: {found}"
            );
            if found.starts_with(name) {
                return;
            }
            passed.push(found);
        }
        panic!("{} has no {name:?} to step to, only {passed:?}", self.path().await);
    }

    /// On to the next of a list.
    pub async fn down(&self) {
        self.press("ArrowDown", 40, None).await;
    }

    pub async fn write(&self, text: &str) {
        self.command("Input.insertText", json!({ "text": text })).await;
    }

    /// Where the cursor is now.
    pub async fn write_into(&self, name: &str, text: &str) {
        self.step_to(name).await;
        self.write(text).await;
    }

    pub async fn press_enter(&self) {
        self.press("Enter", 13, Some("\r")).await;
    }

    /// Presses Enter, and waits for the page that it leads to.
    pub async fn enter(&mut self) {
        self.begin();
        self.press_enter().await;
        self.arrive().await;
    }
}
