//! What whoever starts the shop sees first.

use vitrine_adapters::config::Config;
use vitrine_demo::STAFF_PASSWORD;
use vitrine_server::commands::banner::banner;

#[test]
fn it_names_what_is_there() {
    let text = banner(&Config::default(), "Vitrine", true, false);
    assert!(text.contains("http://127.0.0.1:8080/graphql") && text.contains(STAFF_PASSWORD));
    assert!(text.contains("http://127.0.0.1:8080/admin") && text.contains("start over"));
    let own = banner(&Config::default(), "Vitrine", false, false);
    assert!(!own.contains(STAFF_PASSWORD) && own.contains("vitrine staff create"));
    assert!(
        own.contains("/admin") && !own.contains("delete"),
        "nobody is told to delete their own shop"
    );
    let mut config = Config::default();
    config.web.enabled = false;
    assert!(!banner(&config, "Vitrine", true, false).contains("/admin"));
}
