use vitrine_server::graphql::schema::sdl;

#[test]
fn schema_graphql_is_the_contract() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    if committed != sdl() {
        let (line, old, new) = first_difference(&committed, &sdl());
        panic!(
            "schema.graphql is not the contract any more, from line {line} on:\n- {old}\n+ {new}\n\
             If that was meant, write it anew: cargo run -- schema > schema.graphql"
        );
    }
}

fn first_difference(old: &str, new: &str) -> (usize, String, String) {
    let (mut old, mut new) = (old.lines(), new.lines());
    let mut line = 1;
    loop {
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            (a, b) => return (line, a.unwrap_or("(end)").to_owned(), b.unwrap_or("(end)").to_owned()),
        }
    }
}
