//! Words for what a change was from and to.

use model::Alteration;

use super::{Locale, td_string};

/// One changed field: what it was and what it is.
pub fn line(locale: Locale, change: &Alteration) -> String {
    let told = |text: &str| match (change.field.as_str(), text) {
        ("identity", "Account") => td_string!(locale, senders.own_account).to_owned(),
        ("identity", "Own") => td_string!(locale, senders.own_own).to_owned(),
        (_, text) => value(locale, text),
    };
    let (before, after) = (told(&change.before), told(&change.after));
    td_string!(locale, persons.changed_from, field = field(locale, &change.field), before = before, after = after)
}

fn value(locale: Locale, text: &str) -> String {
    match text {
        "" => td_string!(locale, persons.nothing).to_owned(),
        "true" => td_string!(locale, persons.yes).to_owned(),
        text => text.to_owned(),
    }
}

/// What a field is called, by the last part of its path; one without a word of its own is told by its stable name.
fn field(locale: Locale, path: &str) -> String {
    let last = path.rsplit('.').find(|it| it.parse::<u32>().is_err()).unwrap_or(path);
    let words = match last {
        "name" => td_string!(locale, changes.name),
        "description" => td_string!(locale, changes.description),
        "hint" => td_string!(locale, changes.hint),
        "host" => td_string!(locale, changes.host),
        "port" => td_string!(locale, changes.port),
        "security" => td_string!(locale, changes.security),
        "user_name" => td_string!(locale, changes.user_name),
        "has_password" => td_string!(locale, changes.password),
        "provider" => td_string!(locale, oauth.provider),
        "tenant" => td_string!(locale, oauth.tenant),
        "authorize_url" => td_string!(locale, oauth.authorize_url),
        "token_url" => td_string!(locale, oauth.token_url),
        "client_id" => td_string!(locale, oauth.client_id),
        "has_secret" => td_string!(locale, oauth.client_secret),
        "sender_name" => td_string!(locale, changes.sender_name),
        "sender_address" => td_string!(locale, changes.sender_address),
        "reply_to" => td_string!(locale, changes.reply_to),
        "hourly" | "hourly_limit" => td_string!(locale, changes.hourly),
        "connections" => td_string!(locale, changes.connections),
        "is_active" => td_string!(locale, changes.is_active),
        "is_commercial" => td_string!(locale, changes.is_commercial),
        "attachments" => td_string!(locale, changes.attachments),
        "offered_to" => td_string!(locale, changes.offered_to),
        "language" => td_string!(locale, changes.language),
        "subject" => td_string!(locale, changes.subject),
        "preheader" => td_string!(locale, changes.preheader),
        "body" | "Html" | "Mjml" | "Blocks" | "Sms" => td_string!(locale, changes.body),
        "plain" | "Own" => td_string!(locale, changes.plain),
        "email" => td_string!(locale, changes.email),
        "roles" => td_string!(locale, changes.roles),
        "permissions" => td_string!(locale, changes.permissions),
        "rule" => td_string!(locale, changes.rule),
        "public_name" => td_string!(locale, changes.public_name),
        "registration_number" => td_string!(locale, changes.registration_number),
        "tax_number" => td_string!(locale, changes.tax_number),
        "street" => td_string!(locale, changes.street),
        "city" => td_string!(locale, changes.city),
        "postcode" => td_string!(locale, changes.postcode),
        "phone" => td_string!(locale, changes.phone),
        "web" => td_string!(locale, changes.web),
        "always" => td_string!(locale, changes.always),
        "above" => td_string!(locale, changes.above),
        "sender" => td_string!(locale, changes.sender),
        "parts_max" => td_string!(locale, changes.parts_max),
        "price" => td_string!(locale, changes.price),
        "warn_below" => td_string!(locale, changes.warn_below),
        "stop_below" => td_string!(locale, changes.stop_below),
        "new_secrets" => td_string!(locale, changes.new_secrets),
        "addresses" => td_string!(locale, changes.addresses),
        "users" => td_string!(locale, changes.users),
        "targets" => td_string!(locale, changes.targets),
        "channels" => td_string!(locale, changes.channels),
        "reason" => td_string!(locale, changes.reason),
        "lifted" => td_string!(locale, changes.lifted),
        "folder" => td_string!(locale, changes.folder),
        "order" => td_string!(locale, changes.order),
        "usual" => td_string!(locale, changes.usual),
        "signature" => td_string!(locale, changes.signature),
        "theme" => td_string!(locale, changes.theme),
        "shared" => td_string!(locale, changes.shared),
        "columns" => td_string!(locale, changes.columns),
        "filter" | "address" | "words" => td_string!(locale, changes.shown),
        "sort" | "direction" => td_string!(locale, changes.sorted),
        "identity" => td_string!(locale, senders.own_choice),
        "own_weight" => td_string!(locale, stand_ins.own_weight),
        "overflows" => td_string!(locale, stand_ins.overflows),
        "others" => td_string!(locale, stand_ins.others),
        "months" => td_string!(locale, retention.months),
        "end" => td_string!(locale, retention.end),
        "bin_days" => td_string!(locale, retention.bin_days),
        "system_id" => td_string!(locale, changes.system_id),
        "protocol" => td_string!(locale, changes.protocol),
        "way" => td_string!(locale, copies.way),
        "copy_to" => td_string!(locale, copies.address),
        other => return other.to_owned(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_with_before_and_after() {
        let change = |field: &str, before: &str, after: &str| Alteration {
            field: field.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let told = line(Locale::en, &change("transport.Smtp.port", "25", "587"));
        assert!(told.contains("Port") && told.contains("25") && told.contains("587"), "{told}");
        assert!(line(Locale::sk, &change("texts.0.subject", "a", "b")).contains("Predmet"));
        assert!(line(Locale::cs, &change("grid", "", "true")).contains("grid"));
    }
}
