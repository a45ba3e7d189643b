//! Places in a list, changed by buttons: without scripts, and by keyboard.

use crate::{problem::Problem, visit::Form};

/// The ids that a form has in its fields `name`, with one of them elsewhere: the field `move` says `earlier`, `later`,
/// `first` or `here` (where a script has put it), and behind a colon which.
///
/// # Errors
/// `BadForm`.
pub fn moved(form: &Form, name: &str) -> Result<Vec<String>, Problem> {
    let (way, id) = form.text("move").split_once(':').ok_or(Problem::BadForm)?;
    let ids = form.all(name);
    let at = ids.iter().position(|known| known == id).ok_or(Problem::BadForm)?;
    let to = match way {
        "first" => 0,
        "earlier" => at.saturating_sub(1),
        "here" => at,
        "later" => (at + 1).min(ids.len() - 1),
        _ => return Err(Problem::BadForm),
    };
    let mut moved = ids;
    let one = moved.remove(at);
    moved.insert(to, one);
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_where_its_button_says() {
        let ids = |query: &str| moved(&Form::from(query), "id").map(|ids| ids.concat());
        assert_eq!(ids("id=a&id=b&id=c&move=earlier:c").as_deref(), Ok("acb"));
        assert_eq!(ids("id=a&id=b&id=c&move=later:a").as_deref(), Ok("bac"));
        assert_eq!(ids("id=a&id=b&id=c&move=first:c").as_deref(), Ok("cab"));
        assert_eq!(ids("id=c&id=a&id=b&move=here:c").as_deref(), Ok("cab"));
        assert_eq!(ids("id=a&id=b&move=later:b").as_deref(), Ok("ab"));
        assert_eq!(ids("id=a&move=later:x"), Err(Problem::BadForm));
    }
}
