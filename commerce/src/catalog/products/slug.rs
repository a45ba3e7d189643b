//! A slug for a new product.

use crate::{
    Error, Result, Tx,
    catalog::{
        fields::Refusals,
        heading::{Slugs, check_slug},
        slug::slugify,
    },
};

/// The slug that was asked for, if it is free; else one made of the title, numbered where that is taken, or of the
/// product's own id.
pub(super) async fn free(tx: &Tx, wanted: Option<&str>, title: &str, id: &str) -> Result<String> {
    if let Some(wanted) = wanted {
        let (mut wanted, mut refusals) = (wanted.to_owned(), Refusals::default());
        check_slug(&mut wanted, &mut refusals);
        refusals.any().map_err(Error::Refused)?;
        Slugs::Products.require_free(tx, &wanted).await?;
        return Ok(wanted);
    }
    if let Some(free) = Slugs::Products.made_of(tx, title).await? {
        return Ok(free);
    }
    let id = id.replace('_', "-");
    let base: String = slugify(title).chars().take(150).collect();
    Ok(match base.is_empty() {
        true => id,
        false => format!("{base}-{id}"),
    })
}
