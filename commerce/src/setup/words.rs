//! What a new shop's zones, methods and location are called, in its language.

/// The words of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) domestic: &'static str,
    pub(super) union: &'static str,
    pub(super) world: &'static str,
    pub(super) standard: &'static str,
    pub(super) express: &'static str,
    pub(super) pickup: &'static str,
    pub(super) warehouse: &'static str,
}

const ENGLISH: Words = Words {
    domestic: "Domestic",
    union: "European Union",
    world: "Rest of the world",
    standard: "Standard",
    express: "Express",
    pickup: "Pickup",
    warehouse: "Main warehouse",
};

const WORDS: [(&str, Words); 5] = [
    (
        "de",
        Words {
            domestic: "Inland",
            union: "Europäische Union",
            world: "Rest der Welt",
            standard: "Standardversand",
            express: "Expressversand",
            pickup: "Abholung",
            warehouse: "Hauptlager",
        },
    ),
    (
        "fr",
        Words {
            domestic: "National",
            union: "Union européenne",
            world: "Reste du monde",
            standard: "Livraison standard",
            express: "Livraison express",
            pickup: "Retrait sur place",
            warehouse: "Entrepôt principal",
        },
    ),
    (
        "es",
        Words {
            domestic: "Nacional",
            union: "Unión Europea",
            world: "Resto del mundo",
            standard: "Envío estándar",
            express: "Envío exprés",
            pickup: "Recogida",
            warehouse: "Almacén principal",
        },
    ),
    (
        "it",
        Words {
            domestic: "Nazionale",
            union: "Unione europea",
            world: "Resto del mondo",
            standard: "Spedizione standard",
            express: "Spedizione espressa",
            pickup: "Ritiro in sede",
            warehouse: "Magazzino principale",
        },
    ),
    (
        "nl",
        Words {
            domestic: "Binnenland",
            union: "Europese Unie",
            world: "Rest van de wereld",
            standard: "Standaardverzending",
            express: "Expresverzending",
            pickup: "Afhalen",
            warehouse: "Hoofdmagazijn",
        },
    ),
];

/// The words of a tag of BCP 47, as in `de-AT`; English ones where there are no others.
pub(super) fn of(tag: &str) -> Words {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let known = WORDS.iter().find(|(known, _)| *known == language);
    known.map_or(ENGLISH, |(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_languages_own() {
        assert_eq!(of("de-AT").domestic, "Inland");
        assert_eq!(of("NL").pickup, "Afhalen");
        for tag in ["en", "ja", "", "den"] {
            assert_eq!(of(tag), ENGLISH, "{tag}");
        }
    }
}
