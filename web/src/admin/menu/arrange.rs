//! Links of a menu that are put elsewhere, with all that stands beneath them: by buttons, or where they were dropped.

use super::row::Row;

/// How deep a link may stand; the API refuses more.
const DEPTH_MAX: usize = 3;

/// With what may be done to each.
pub fn with_ways(mut rows: Vec<Row>) -> Vec<Row> {
    for at in 0..rows.len() {
        let depth = rows[at].depth;
        let deepest = rows[at..end(&rows, at)].iter().map(|row| row.depth).max();
        let ways = [
            ("up", sibling_before(&rows, at).is_some()),
            ("down", rows.get(end(&rows, at)).is_some_and(|next| next.depth == depth)),
            ("in", sibling_before(&rows, at).is_some() && deepest < Some(DEPTH_MAX)),
            ("out", depth > 0),
        ];
        rows[at].ways = ways.into_iter().filter(|(_, open)| *open).map(|(way, _)| way).collect();
    }
    rows
}

/// Where what stands beneath a row ends.
pub fn end(rows: &[Row], at: usize) -> usize {
    let below = rows[at + 1..].iter().take_while(|row| row.depth > rows[at].depth);
    at + 1 + below.count()
}

fn sibling_before(rows: &[Row], at: usize) -> Option<usize> {
    let depth = rows[at].depth;
    let before = (0..at).rev().find(|before| rows[*before].depth <= depth)?;
    (rows[before].depth == depth).then_some(before)
}

/// One and what stands beneath it elsewhere, and where that is; nothing for what cannot be done.
pub fn moved(mut rows: Vec<Row>, way: &str, at: usize) -> Option<(Vec<Row>, usize)> {
    let last = end(&rows, at);
    let place = match way {
        "up" => {
            let to = sibling_before(&rows, at)?;
            rows[to..last].rotate_left(at - to);
            to
        }
        "down" => {
            let after = end(&rows, Some(last).filter(|last| *last < rows.len())?);
            rows[at..after].rotate_left(last - at);
            at + after - last
        }
        "in" => {
            sibling_before(&rows, at)?;
            rows[at..last].iter_mut().for_each(|row| row.depth += 1);
            at
        }
        // Behind all that it stood beneath with, which stays where it is.
        "out" => {
            let parent = (0..at).rev().find(|before| rows[*before].depth < rows[at].depth)?;
            let after = end(&rows, parent);
            rows[at..last].iter_mut().for_each(|row| row.depth -= 1);
            rows[at..after].rotate_left(last - at);
            after - (last - at)
        }
        // What stood beneath it stays, one less deep.
        "remove" => {
            rows[at + 1..last].iter_mut().for_each(|row| row.depth -= 1);
            rows.remove(at);
            at.saturating_sub(1)
        }
        _ => return None,
    };
    Some((rows, place))
}

/// A row that stands alone where it was dropped, with what stood beneath it: the names are the places of before.
pub fn dropped(mut rows: Vec<Row>, names: &[String], at: usize) -> (Vec<Row>, usize) {
    let numbers: Vec<usize> = names.iter().map(|name| name.parse().unwrap_or(usize::MAX)).collect();
    let number = numbers[at];
    let mut below: Vec<usize> = (0..rows.len()).filter(|place| numbers[*place] > number).collect();
    below.sort_by_key(|place| numbers[*place]);
    let below: Vec<usize> = below
        .into_iter()
        .take_while(|place| rows[*place].depth > rows[at].depth)
        .collect();
    let family: Vec<Row> = std::iter::once(at)
        .chain(below.iter().copied())
        .map(|place| rows[place].clone())
        .collect();
    let before = (0..at).filter(|place| !below.contains(place)).count();
    let mut place = 0;
    rows.retain(|_| {
        let is_family = place == at || below.contains(&place);
        place += 1;
        !is_family
    });
    // Not between what stands beneath another and that: it would take it away.
    let least = rows.get(before).map_or(0, |next| next.depth);
    let most = before.checked_sub(1).map_or(0, |previous| rows[previous].depth + 1);
    let depth = family[0].depth.clamp(least.min(most), most);
    let was = family[0].depth;
    let family = family.into_iter().map(|row| Row {
        depth: row.depth - was + depth,
        ..row
    });
    rows.splice(before..before, family);
    (rows, before)
}

/// Nothing stands more than one deeper than what is before it.
pub fn settled(mut rows: Vec<Row>) -> Vec<Row> {
    let mut most = 0;
    for row in &mut rows {
        row.depth = row.depth.min(most);
        most = row.depth + 1;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As in `a0 b1 c0`: each with its depth.
    fn rows(text: &str) -> Vec<Row> {
        let of = |word: &str| Row {
            title: word[..1].to_owned(),
            depth: word[1..].parse().unwrap(),
            ..Row::default()
        };
        text.split(' ').map(of).collect()
    }

    fn written(rows: &[Row]) -> String {
        let words: Vec<_> = rows.iter().map(|row| format!("{}{}", row.title, row.depth)).collect();
        words.join(" ")
    }

    #[test]
    fn a_link_moves_with_all_beneath_it() {
        let all = "a0 b1 c2 d1 e0";
        for (way, at, then, place) in [
            ("up", 4, "e0 a0 b1 c2 d1", 0),
            ("up", 3, "a0 d1 b1 c2 e0", 1),
            ("down", 1, "a0 d1 b1 c2 e0", 2),
            ("down", 0, "e0 a0 b1 c2 d1", 1),
            ("in", 3, "a0 b1 c2 d2 e0", 3),
            ("in", 4, "a0 b1 c2 d1 e1", 4),
            ("out", 1, "a0 d1 b0 c1 e0", 2),
            ("out", 2, "a0 b1 c1 d1 e0", 2),
            ("remove", 0, "b0 c1 d0 e0", 0),
            ("remove", 2, "a0 b1 d1 e0", 1),
        ] {
            let (moved, to) = moved(rows(all), way, at).expect(way);
            assert_eq!((written(&moved).as_str(), to), (then, place), "{way} {at}");
        }
        for (way, at) in [("up", 0), ("in", 0), ("in", 1), ("out", 0), ("off", 0), ("down", 4)] {
            assert_eq!(moved(rows(all), way, at), None, "{way} {at}");
        }
        let ways: Vec<_> = with_ways(rows(all)).iter().map(|row| row.ways.join(" ")).collect();
        assert_eq!(ways, ["down", "down out", "out", "up in out", "up in"]);
    }

    #[test]
    fn a_link_stands_where_it_was_dropped() {
        for (order, dragged, then) in [
            // The browser has moved the one row alone.
            ("1 2 3 0 4", "0", "a0 b1 c2 d1 e0"),
            ("1 2 3 4 0", "0", "e0 a0 b1 c2 d1"),
            ("0 4 1 2 3", "4", "a0 e1 b1 c2 d1"),
            ("0 2 3 4 1", "1", "a0 d1 e0 b1 c2"),
            ("4 0 1 2 3", "4", "e0 a0 b1 c2 d1"),
        ] {
            let names: Vec<String> = order.split(' ').map(str::to_owned).collect();
            let all = rows("a0 b1 c2 d1 e0");
            let shown: Vec<_> = names
                .iter()
                .map(|name| all[name.parse::<usize>().unwrap()].clone())
                .collect();
            let at = names.iter().position(|name| name == dragged).unwrap();
            let (rows, place) = dropped(shown, &names, at);
            assert_eq!(written(&settled(rows.clone())), then, "{order}");
            assert_eq!(
                rows[place].title,
                all[dragged.parse::<usize>().unwrap()].title,
                "{order}"
            );
        }
    }
}
