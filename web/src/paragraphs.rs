//! Plain text and simple HTML, one as the other: whoever writes a description need not know HTML, and whoever does may
//! write it.

/// What is written with tags as it is; of plain text each paragraph, and each line in it, as HTML.
pub fn to_html(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() || is_html(text) {
        return text.to_owned();
    }
    let paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty());
    let written = paragraphs.map(|paragraph| {
        let lines: Vec<_> = paragraph.lines().map(|line| escaped(line.trim())).collect();
        format!("<p>{}</p>", lines.join("<br>"))
    });
    written.collect::<Vec<_>>().join("\n")
}

/// HTML that says nothing which plain text does not, as plain text; any other as it is.
pub fn to_text(html: &str) -> String {
    plain(html)
        .filter(|text| !is_html(text))
        .unwrap_or_else(|| html.to_owned())
}

fn is_html(text: &str) -> bool {
    let tag = |rest: &str| rest.starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!'));
    text.split('<').skip(1).any(tag) || text.contains('&') && unescaped(text) != text
}

fn plain(html: &str) -> Option<String> {
    let mut paragraphs = Vec::new();
    let mut rest = html.trim();
    while !rest.is_empty() {
        let (paragraph, after) = rest.strip_prefix("<p>")?.split_once("</p>")?;
        let lines = paragraph.replace("<br />", "<br>").replace("<br/>", "<br>");
        let lines: Vec<_> = lines.split("<br>").map(str::trim).collect();
        if lines.iter().any(|line| line.contains('<')) {
            return None;
        }
        let lines: Vec<_> = lines.into_iter().map(unescaped).collect();
        paragraphs.push(lines.join("\n"));
        rest = after.trim_start();
    }
    Some(paragraphs.join("\n\n"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The few that are written by [`escaped`] and by what makes HTML safe.
fn unescaped(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    named
        .iter()
        .fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_its_paragraphs() {
        let text = "A lamp of clay & oak.\nBy hand.\n\nIt is 3 < 4 kg.";
        let html = "<p>A lamp of clay &amp; oak.<br>By hand.</p>\n<p>It is 3 &lt; 4 kg.</p>";
        assert_eq!(to_html(text), html);
        assert_eq!(to_html(&text.replace('\n', "\r\n")), html);
        assert_eq!(to_text(html), text);
        assert_eq!((to_html(" \n "), to_text("")), (String::new(), String::new()));
    }

    #[test]
    fn html_stays_as_it_is() {
        for html in [
            "<p>One <strong>word</strong>.</p>",
            "<h2>Title</h2><p>Text</p>",
            "<ul><li>a</li></ul>",
            "Text without a tag <br> but one",
            "<p class=\"a\">b</p>",
        ] {
            assert_eq!((to_html(html).as_str(), to_text(html).as_str()), (html, html));
        }
        // What would be a tag once it is plain text.
        let told = "<p>Write &lt;b&gt; for bold.</p>";
        assert_eq!((to_text(told).as_str(), to_html(told).as_str()), (told, told));
    }

    #[test]
    fn what_was_saved_is_saved_alike_again() {
        for typed in [
            "a",
            "a\n\n\n\nb",
            "a & b",
            "a &amp; b",
            "<",
            "a <b",
            "<p>",
            "&lt;p&gt;",
            "<p>a</p> b",
        ] {
            let html = to_html(typed);
            assert_eq!(to_html(&to_text(&html)), html, "{typed:?}");
        }
    }
}
