"""How names of months begin, in the languages that exports are written in; case does not matter."""

MONTHS = (
    "jan|jän|gen|ene|oca|ιαν",
    "feb|fév|fev|şub|φεβ",
    "mar|mär|már|mrz|mrt|maa|μαρ|μάρ",
    "apr|ápr|avr|abr|nis|απρ",
    "mai|may|maj|máj|mag|mei|μαι|μαΐ|μάι",
    "jun|jún|juin|giu|haz|ιουν|ιούν",
    "jul|júl|juil|lug|tem|ιουλ|ιούλ",
    "aug|aoû|aou|ago|ağu|avg|αυγ|αύγ",
    "sep|set|sze|eyl|σεπ",
    "oct|okt|out|ott|eki|οκτ",
    "nov|kas|νοε|νοέ",
    "dec|déc|dez|dic|ara|δεκ",
)
"""January to December in Dutch, English, French, German, Greek, Hungarian, Italian, Portuguese, Slovene, Spanish and
Turkish.
"""
