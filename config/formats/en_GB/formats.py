"""How dates are written and read: day first, and every way that people here type them."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
DATE_INPUT_FORMATS = [
    "%d/%m/%Y",  # 03/04/2016 is 3 April
    "%d/%m/%y",  # 3/4/16
    "%d %B %Y",  # 3 April 2016
    "%d %b %Y",  # 3 Apr 2016
    "%d %B %y",
    "%d %b %y",
    "%Y-%m-%d",  # 2016-04-03
    "%d-%m-%Y",  # 03-04-2016
    "%d-%m-%y",
    "%d.%m.%Y",  # 3.4.2016
    "%d.%m.%y",
]
