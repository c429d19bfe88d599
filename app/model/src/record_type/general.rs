//! Fields that every template may name.

use super::{FieldInfo, field};
use crate::MergeKind::{Bool, Date, Text, Url};

/// Whom the message goes to.
pub(super) static CONTACT: &[FieldInfo] = &[
    field(
        "contact.salutation",
        Text,
        ["Oslovenie", "Oslovení", "Salutation"],
        "Vážená pani Nováková|Vážená paní Nováková|Dear Ms Nováková",
    ),
    field(
        "contact.name",
        Text,
        ["Meno a priezvisko alebo firma", "Jméno a příjmení nebo firma", "Name or company"],
        "Eva Nováková",
    ),
    field("contact.titled_name", Text, ["Meno s titulmi", "Jméno s tituly", "Name with titles"], "Ing. Eva Nováková, PhD."),
    field("contact.first_name", Text, ["Meno", "Jméno", "First name"], "Eva"),
    field("contact.last_name", Text, ["Priezvisko", "Příjmení", "Last name"], "Nováková"),
    field("contact.title_before", Text, ["Titul pred menom", "Titul před jménem", "Title before the name"], "Ing."),
    field("contact.title_after", Text, ["Titul za menom", "Titul za jménem", "Title behind the name"], "PhD."),
    field("contact.first_vocative", Text, ["Meno v 5. páde", "Jméno v 5. pádu", "First name as addressed"], "Eva"),
    field("contact.last_vocative", Text, ["Priezvisko v 5. páde", "Příjmení v 5. pádu", "Last name as addressed"], "Nováková"),
    field("contact.company", Text, ["Firma kontaktu", "Firma kontaktu", "Contact's company"], "Javorina s. r. o."),
    field("contact.position", Text, ["Funkcia", "Funkce", "Position"], "vedúca nákupu"),
    field("contact.is_company", Bool, ["Je to firma", "Je to firma", "Is a company"], "no"),
    field("contact.email", Text, ["E-mail", "E-mail", "E-mail"], "eva.novakova@javorina.example"),
    field("contact.phone", Text, ["Telefón", "Telefon", "Phone"], "+421903622237"),
    field(
        "contact.address",
        Text,
        ["Adresa v jednom riadku", "Adresa v jednom řádku", "Address in one line"],
        "Hlavná 12, 010 01 Žilina",
    ),
    field("contact.street", Text, ["Ulica", "Ulice", "Street"], "Hlavná 12"),
    field("contact.city", Text, ["Mesto", "Město", "Town"], "Žilina"),
    field("contact.postcode", Text, ["PSČ", "PSČ", "Postcode"], "010 01"),
    field("contact.country", Text, ["Krajina", "Země", "Country"], "Slovensko"),
    field("contact.delivery_address", Text, ["Dodacia adresa", "Dodací adresa", "Delivery address"], "Skladová 3, 010 01 Žilina"),
    field("contact.registration_number", Text, ["IČO", "IČO", "Registration number"], "36421928"),
    field("contact.tax_number", Text, ["DIČ", "DIČ", "Tax number"], "2020112233"),
    field("contact.vat_number", Text, ["IČ DPH", "DIČ k DPH", "VAT number"], "SK2020112233"),
    field(
        "contact.owner",
        Text,
        ["Kto sa o kontakt stará", "Kdo se o kontakt stará", "Who looks after the contact"],
        "Zuzana Hrušková",
    ),
];

/// Who writes, for which company, in which campaign.
pub(super) static REST: &[FieldInfo] = &[
    field("user.name", Text, ["Odosielateľ: meno", "Odesílatel: jméno", "Sender's name"], "Zuzana Hrušková"),
    field("user.email", Text, ["Odosielateľ: e-mail", "Odesílatel: e-mail", "Sender's e-mail"], "zuzana@jasenove-dielo.example"),
    field("company.name", Text, ["Naša firma", "Naše firma", "Our company"], "Jaseňové dielo s. r. o."),
    field(
        "company.address",
        Text,
        ["Naše sídlo v jednom riadku", "Naše sídlo v jednom řádku", "Our seat in one line"],
        "Dielenská 8, 036 01 Martin",
    ),
    field("company.street", Text, ["Naša ulica", "Naše ulice", "Our street"], "Dielenská 8"),
    field("company.city", Text, ["Naše mesto", "Naše město", "Our town"], "Martin"),
    field("company.postcode", Text, ["Naše PSČ", "Naše PSČ", "Our postcode"], "036 01"),
    field("company.registration_number", Text, ["Naše IČO", "Naše IČO", "Our registration number"], "31562788"),
    field("company.tax_number", Text, ["Naše DIČ", "Naše DIČ", "Our tax number"], "2020445566"),
    field("company.email", Text, ["Náš e-mail", "Náš e-mail", "Our e-mail"], "info@jasenove-dielo.example"),
    field("company.phone", Text, ["Náš telefón", "Náš telefon", "Our phone"], "+421434223344"),
    field("company.web", Url, ["Náš web", "Náš web", "Our web site"], "https://www.jasenove-dielo.example"),
    field("today", Date, ["Dnešný dátum", "Dnešní datum", "Today"], "2026-05-28"),
    field("campaign.name", Text, ["Názov kampane", "Název kampaně", "Campaign's name"], "Jarné novinky"),
    field(
        "links.unsubscribe",
        Url,
        ["Odkaz na odhlásenie", "Odkaz na odhlášení", "Link to unsubscribe"],
        "mailto:info@jasenove-dielo.example",
    ),
    field(
        "links.view",
        Url,
        ["Odkaz na zobrazenie v prehliadači", "Odkaz na zobrazení v prohlížeči", "Link to view in the browser"],
        "",
    ),
];
