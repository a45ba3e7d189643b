//! A file that this shop exported names the shop's own pictures by their full address.

use crate::{
    Result, Tx,
    catalog::{draft::ProductDraft, save::is_picture_source},
    media,
};

/// What the path of every stored picture begins with.
const STORED: &str = "/media/";

/// The drafts, in which a picture of this shop is named by its path again. A stored picture that is not there
/// (the file may come from another shop that had this address) is fetched like any other.
pub(super) async fn own_again(tx: &Tx, drafts: &[&ProductDraft]) -> Result<Vec<ProductDraft>> {
    let base = tx.shop().settings.public_url.clone();
    let path = |source: &str| {
        let path = source.strip_prefix(&base).filter(|path| path.starts_with('/'))?;
        is_picture_source(path).then(|| path.to_owned())
    };
    let sources = drafts.iter().flat_map(|draft| &draft.pictures);
    let paths: Vec<String> = sources.filter_map(|picture| path(&picture.source)).collect();
    let there = media::usable_sources(tx, paths.iter().map(String::as_str)).await?;
    let own = |source: &mut String| {
        if let Some(path) = path(source).filter(|path| !path.starts_with(STORED) || there.contains(path)) {
            *source = path;
        }
    };
    let mut drafts: Vec<ProductDraft> = drafts.iter().map(|draft| (*draft).clone()).collect();
    for draft in &mut drafts {
        draft.pictures.iter_mut().for_each(|picture| own(&mut picture.source));
        let shown = draft.variants.iter_mut().filter_map(|variant| variant.picture.as_mut());
        shown.for_each(own);
    }
    Ok(drafts)
}
