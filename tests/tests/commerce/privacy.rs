//! Files with what is kept of a person.

use sea_orm::EntityTrait;
use vitrine_commerce::{
    ports::MediaStore,
    privacy::{Whose, export},
    work,
};
use vitrine_entity::{outbox, person_export};
use vitrine_tests::memory::fixture_with;

use crate::{meanwhile::Meanwhile, system};

#[tokio::test]
async fn a_file_that_is_written_while_its_person_is_erased_does_not_stay() {
    for (is_erased, stays) in [(false, true), (true, false)] {
        let meanwhile = Meanwhile::default();
        let mut store = None;
        let fixture = fixture_with(|parts| {
            let port = meanwhile.of(&parts.db);
            store = Some(port.clone());
            parts.media = port;
        })
        .await;
        let shop = &fixture.shop;
        let whose = Whose::Email("ada@example.com".to_owned());
        let asked = export::start(shop, &system(), &whose).await.expect("a file to come");
        if is_erased {
            meanwhile.happens("delete from person_export");
        }
        let job = outbox::Entity::find().one(&shop.db).await.expect("jobs can be read");
        let job = job.expect("there is one");
        work::run(shop, job.id).await.expect("it runs");
        let name = format!("personal-data/{}.json", asked.storage_key.simple());
        let store = store.expect("a store");
        assert_eq!(store.exists(&name).await.expect("an answer"), stays);
        let left = person_export::Entity::find_by_id(asked.id).one(&shop.db).await;
        assert_eq!(left.expect("rows can be read").is_some(), stays);
    }
}
