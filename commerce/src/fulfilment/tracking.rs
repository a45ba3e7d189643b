//! Where carriers show a parcel to whoever has its number: their own public pages, which change seldom.

/// What a carrier is called, in small letters, and its page; the number stands in the place of `{}`.
const PAGES: [(&[&str], &str); 15] = [
    (
        &["dhl", "deutsche post", "dhl paket"],
        "https://www.dhl.de/en/privatkunden/dhl-sendungsverfolgung.html?piececode={}",
    ),
    (
        &["dhl express"],
        "https://www.dhl.com/global-en/home/tracking.html?tracking-id={}",
    ),
    (
        &["hermes", "evri"],
        "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#{}",
    ),
    (&["dpd"], "https://tracking.dpd.de/status/en_US/parcel/{}"),
    (&["gls"], "https://gls-group.com/GROUP/en/parcel-tracking?match={}"),
    (&["ups"], "https://www.ups.com/track?tracknum={}"),
    (&["fedex"], "https://www.fedex.com/fedextrack/?trknbr={}"),
    (
        &["usps", "us mail"],
        "https://tools.usps.com/go/TrackConfirmAction?tLabels={}",
    ),
    (
        &["canada post", "postes canada"],
        "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={}",
    ),
    (
        &["royal mail"],
        "https://www.royalmail.com/track-your-item#/tracking-results/{}",
    ),
    (
        &["österreichische post", "austrian post"],
        "https://www.post.at/sv/sendungsdetails?snr={}",
    ),
    (
        &["swiss post", "schweizerische post", "die post"],
        "https://service.post.ch/ekp-web/ui/entry/search/{}",
    ),
    (&["postnl"], "https://jouw.postnl.nl/track-and-trace/{}"),
    (
        &["la poste", "colissimo"],
        "https://www.laposte.fr/outils/suivre-vos-envois?code={}",
    ),
    (
        &["yamato", "kuroneko yamato", "ヤマト運輸"],
        "https://toi.kuronekoyamato.co.jp/cgi-bin/tneko?number={}",
    ),
];

/// The page of a parcel; `None` for a carrier that nobody knows here, and for what is no number.
pub(super) fn page(carrier: Option<&str>, number: Option<&str>) -> Option<String> {
    let carrier = carrier?.trim().to_lowercase();
    let number: String = number?.chars().filter(|c| !c.is_whitespace()).collect();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if number.is_empty() || !number.chars().all(is_plain) {
        return None;
    }
    let (_, page) = PAGES.iter().find(|(names, _)| names.contains(&carrier.as_str()))?;
    Some(page.replace("{}", &number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_carriers_parcel_has_a_page() {
        let found = page(Some(" DHL "), Some("0034 0434 1610 9402 1501"));
        assert!(found.is_some_and(|page| page.ends_with("piececode=00340434161094021501")));
        for (carrier, number) in [
            (Some("A friend"), Some("1")),
            (Some("DHL"), None),
            (None, Some("1")),
            (Some("DHL"), Some("1&x=<script>")),
            (Some("DHL"), Some(" ")),
        ] {
            assert_eq!(page(carrier, number), None);
        }
    }

    #[test]
    fn every_page_is_the_webs_and_has_a_place_for_the_number() {
        for (names, page) in PAGES {
            assert!(
                page.starts_with("https://") && page.matches("{}").count() == 1,
                "{page}"
            );
            assert!(names.iter().all(|name| *name == name.to_lowercase()));
        }
    }
}
