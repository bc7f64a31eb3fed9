"""States and provinces, as far as they decide a time zone or a country.

Time zones of American states and Canadian provinces follow 49 CFR 71 and the IANA database;
a state in two zones is left out, because there the place decides.
"""

from kith.core.places.names import fold

# code: (country, names, zone of the whole region or "")
_REGIONS = {
    "AL": ("US", "alabama", "America/Chicago"),
    "AK": ("US", "alaska", ""),
    "AZ": ("US", "arizona", ""),
    "AR": ("US", "arkansas", "America/Chicago"),
    "CA": ("US", "california", "America/Los_Angeles"),
    "CO": ("US", "colorado", "America/Denver"),
    "CT": ("US", "connecticut", "America/New_York"),
    "DE": ("US", "delaware", "America/New_York"),
    "DC": ("US", "district of columbia", "America/New_York"),
    "FL": ("US", "florida", ""),
    "GA": ("US", "georgia", "America/New_York"),
    "HI": ("US", "hawaii", "Pacific/Honolulu"),
    "ID": ("US", "idaho", ""),
    "IL": ("US", "illinois", "America/Chicago"),
    "IN": ("US", "indiana", ""),
    "IA": ("US", "iowa", "America/Chicago"),
    "KS": ("US", "kansas", ""),
    "KY": ("US", "kentucky", ""),
    "LA": ("US", "louisiana", "America/Chicago"),
    "ME": ("US", "maine", "America/New_York"),
    "MD": ("US", "maryland", "America/New_York"),
    "MA": ("US", "massachusetts", "America/New_York"),
    "MI": ("US", "michigan", ""),
    "MN": ("US", "minnesota", "America/Chicago"),
    "MS": ("US", "mississippi", "America/Chicago"),
    "MO": ("US", "missouri", "America/Chicago"),
    "MT": ("US", "montana", "America/Denver"),
    "NE": ("US", "nebraska", ""),
    "NV": ("US", "nevada", ""),
    "NH": ("US", "new hampshire", "America/New_York"),
    "NJ": ("US", "new jersey", "America/New_York"),
    "NM": ("US", "new mexico", "America/Denver"),
    "NY": ("US", "new york", "America/New_York"),
    "NC": ("US", "north carolina", "America/New_York"),
    "ND": ("US", "north dakota", ""),
    "OH": ("US", "ohio", "America/New_York"),
    "OK": ("US", "oklahoma", "America/Chicago"),
    "OR": ("US", "oregon", ""),
    "PA": ("US", "pennsylvania", "America/New_York"),
    "RI": ("US", "rhode island", "America/New_York"),
    "SC": ("US", "south carolina", "America/New_York"),
    "SD": ("US", "south dakota", ""),
    "TN": ("US", "tennessee", ""),
    "TX": ("US", "texas", ""),
    "UT": ("US", "utah", "America/Denver"),
    "VT": ("US", "vermont", "America/New_York"),
    "VA": ("US", "virginia", "America/New_York"),
    "WA": ("US", "washington", "America/Los_Angeles"),
    "WV": ("US", "west virginia", "America/New_York"),
    "WI": ("US", "wisconsin", "America/Chicago"),
    "WY": ("US", "wyoming", "America/Denver"),
    "AB": ("CA", "alberta", "America/Edmonton"),
    "BC": ("CA", "british columbia", ""),
    "MB": ("CA", "manitoba", "America/Winnipeg"),
    "NB": ("CA", "new brunswick", "America/Moncton"),
    "NL": ("CA", "newfoundland and labrador", ""),
    "NS": ("CA", "nova scotia", "America/Halifax"),
    "NT": ("CA", "northwest territories", ""),
    "NU": ("CA", "nunavut", ""),
    "ON": ("CA", "ontario", ""),
    "PE": ("CA", "prince edward island", "America/Halifax"),
    "QC": ("CA", "quebec", ""),
    "SK": ("CA", "saskatchewan", ""),
    "YT": ("CA", "yukon", "America/Whitehorse"),
    "NSW": ("AU", "new south wales", ""),
    "VIC": ("AU", "victoria", "Australia/Melbourne"),
    "QLD": ("AU", "queensland", "Australia/Brisbane"),
    "SA": ("AU", "south australia", "Australia/Adelaide"),
    "TAS": ("AU", "tasmania", "Australia/Hobart"),
    "ACT": ("AU", "australian capital territory", "Australia/Sydney"),
    # Their codes are those of Washington and of the Northwest Territories.
    "WA.AU": ("AU", "western australia", "Australia/Perth"),
    "NT.AU": ("AU", "northern territory", "Australia/Darwin"),
}
_BY_NAME = {name: code for code, (_country, name, _zone) in _REGIONS.items()}
# Australian codes that are also something else elsewhere are only believed with the country.
_NEEDS_COUNTRY = frozenset({"SA", "ACT", "VIC", "TAS"})


def region_of(text: str, country: str = "") -> tuple[str, str]:
    """Return (region code, its country) of a state or province as written, or ("", "").

    `country` (ISO) is what else is known: Georgia in GE is no state, and a code that only
    exists elsewhere is not taken.
    """
    folded = fold(text)
    code = _BY_NAME.get(folded, folded.upper())
    if country and f"{code}.{country}" in _REGIONS:
        code = f"{code}.{country}"
    if code not in _REGIONS or (code in _NEEDS_COUNTRY and not country):
        return "", ""
    home = _REGIONS[code][0]
    return (code, home) if country in ("", home) else ("", "")


def zone_of_region(code: str) -> str:
    """Return the one time zone that a whole state or province keeps, or ""."""
    return _REGIONS[code][2] if code in _REGIONS else ""
