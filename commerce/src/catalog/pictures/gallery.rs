//! A product's pictures in their order: pure.
//!
//! A picture that shows several variants has a row for each of them, at the same place; its id is the
//! first row's.

use vitrine_entity::{
    ids::{PictureId, ProductId, VariantId},
    picture,
};

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) id: PictureId,
    pub(super) source: String,
    pub(super) alt: String,
    /// The variants that it is the picture of.
    pub(super) variants: Vec<VariantId>,
    /// The rows' own ids, which they keep.
    rows: Vec<PictureId>,
}

/// All of them, in display order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Gallery(pub(super) Vec<Shown>);

impl Gallery {
    /// From rows in the order of position and id.
    pub(super) fn read(rows: Vec<picture::Model>) -> Self {
        let mut gallery: Vec<Shown> = Vec::new();
        let mut place = None;
        for row in rows {
            let same = gallery
                .last_mut()
                .filter(|last| place == Some(row.position) && last.source == row.source);
            place = Some(row.position);
            match same {
                Some(last) => {
                    last.variants.extend(row.variant_id);
                    last.rows.push(row.id);
                }
                None => gallery.push(Shown {
                    id: row.id,
                    source: row.source,
                    alt: row.alt,
                    variants: row.variant_id.into_iter().collect(),
                    rows: vec![row.id],
                }),
            }
        }
        Self(gallery)
    }

    /// The rows that say it; `new_id` is asked where there are more than before.
    pub(super) fn rows(&self, product: ProductId, new_id: impl Fn() -> PictureId) -> Vec<picture::Model> {
        let mut rows = Vec::new();
        for (position, shown) in (0..).zip(&self.0) {
            let variants = shown.variants.iter().copied().map(Some);
            let variants: Vec<_> = match shown.variants.is_empty() {
                true => vec![None],
                false => variants.collect(),
            };
            // Ids sort by time: those that are kept come first, and the first of all is the picture's own.
            let ids = shown.rows.iter().copied().map(Some).chain(std::iter::repeat(None));
            for (variant_id, id) in variants.into_iter().zip(ids) {
                rows.push(picture::Model {
                    id: id.unwrap_or_else(&new_id),
                    product_id: product,
                    variant_id,
                    source: shown.source.clone(),
                    alt: shown.alt.clone(),
                    position,
                });
            }
        }
        rows
    }

    pub(super) fn push(&mut self, id: PictureId, source: String, alt: String, variants: Vec<VariantId>) {
        self.0.push(Shown {
            id,
            source,
            alt,
            variants: Vec::new(),
            rows: vec![id],
        });
        self.assign(self.0.len() - 1, variants);
    }

    pub(super) fn place_of(&self, id: PictureId) -> Option<usize> {
        self.0.iter().position(|shown| shown.id == id)
    }

    /// Makes a picture that of `variants`, which have no other any more: a variant has one.
    pub(super) fn assign(&mut self, place: usize, variants: Vec<VariantId>) {
        for shown in &mut self.0 {
            shown.variants.retain(|variant| !variants.contains(variant));
        }
        if let Some(shown) = self.0.get_mut(place) {
            shown.variants = variants;
        }
    }

    /// Puts them in another order; `false` unless it names each of them once.
    pub(super) fn reorder(&mut self, ids: &[PictureId]) -> bool {
        let mut ordered = Vec::new();
        for id in ids {
            match self.place_of(*id) {
                Some(place) => ordered.push(self.0.remove(place)),
                None => return false,
            }
        }
        let is_whole = self.0.is_empty();
        self.0 = ordered;
        is_whole
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn picture(id: u128) -> PictureId {
        PictureId(Uuid::from_u128(id))
    }

    fn variant(id: u128) -> VariantId {
        VariantId(Uuid::from_u128(id))
    }

    fn row(id: u128, position: i32, source: &str, variant_id: Option<u128>) -> picture::Model {
        picture::Model {
            id: picture(id),
            product_id: ProductId(Uuid::nil()),
            variant_id: variant_id.map(variant),
            source: source.to_owned(),
            alt: String::new(),
            position,
        }
    }

    #[test]
    fn rows_of_one_place_are_one_picture_and_survive_the_round_trip() {
        let rows = vec![
            row(1, 0, "/a", Some(10)),
            row(2, 0, "/a", Some(11)),
            row(3, 1, "/b", None),
            // The same picture twice, at two places.
            row(4, 2, "/a", None),
        ];
        let gallery = Gallery::read(rows.clone());
        assert_eq!(gallery.0.len(), 3);
        assert_eq!(gallery.0[0].variants, [variant(10), variant(11)]);
        assert_eq!(
            gallery.rows(ProductId(Uuid::nil()), || unreachable!("no row is new")),
            rows
        );
    }

    #[test]
    fn a_variant_has_one_picture() {
        let mut gallery = Gallery::read(vec![
            row(1, 0, "/a", Some(10)),
            row(2, 0, "/a", Some(11)),
            row(3, 1, "/b", None),
        ]);
        gallery.assign(1, vec![variant(11), variant(12)]);
        let shown: Vec<_> = gallery.0.iter().map(|shown| shown.variants.clone()).collect();
        assert_eq!(shown, [vec![variant(10)], vec![variant(11), variant(12)]]);
        let rows = gallery.rows(ProductId(Uuid::nil()), || picture(99));
        assert_eq!(
            rows,
            [
                row(1, 0, "/a", Some(10)),
                row(3, 1, "/b", Some(11)),
                row(99, 1, "/b", Some(12))
            ]
        );
    }

    #[test]
    fn an_order_names_each_picture_once() {
        let gallery = Gallery::read(vec![row(1, 0, "/a", None), row(2, 1, "/b", None)]);
        for wrong in [&[1][..], &[1, 1], &[1, 2, 3], &[]] {
            let ids: Vec<_> = wrong.iter().map(|id| picture(*id)).collect();
            assert!(!gallery.clone().reorder(&ids), "{wrong:?}");
        }
        let mut turned = gallery.clone();
        assert!(turned.reorder(&[picture(2), picture(1)]));
        assert_eq!(turned.0[0].source, "/b");
    }
}
