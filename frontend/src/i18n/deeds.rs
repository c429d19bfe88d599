//! Words for what the action log notes.

use model::{Channel, ConsentState, Decision, Deed, DeedFamily, Subject};

use super::{Locale, language, td_string};
use crate::format;

/// What was done, without who did it and to which thing.
pub fn deed(locale: Locale, deed: &Deed) -> String {
    let n = |count: u32| format::number(language(locale), u64::from(count));
    let words = match *deed {
        Deed::MessageReleased(_, count) => return td_string!(locale, log.deed_message_released, count = count, n = n(count)),
        Deed::MessageCancelled(_, count) => return td_string!(locale, log.deed_message_cancelled, count = count, n = n(count)),
        Deed::ListGrew(_, count) => return td_string!(locale, log.deed_list_grew, count = count, n = n(count)),
        Deed::ListShrank(_, count) => return td_string!(locale, log.deed_list_shrank, count = count, n = n(count)),
        Deed::ContactsExported(format, count) => {
            let format = format.ending().to_uppercase();
            return td_string!(locale, log.deed_contacts_exported, count = count, n = n(count), format = format);
        }
        Deed::ImportEnded(_, created, updated) => {
            let n = |count| format::number(language(locale), count);
            return td_string!(locale, log.deed_import_ended, created = n(created), updated = n(updated));
        }
        Deed::ImportUndone(_, removed, restored) => {
            let n = |count| format::number(language(locale), count);
            return td_string!(locale, log.deed_import_undone, removed = n(removed), restored = n(restored));
        }
        Deed::LibraryReplaced(_, count) => return td_string!(locale, log.deed_library_replaced, n = n(count)),
        Deed::TestSent(_, count) => return td_string!(locale, log.deed_test_sent, count = count, n = n(count)),
        Deed::SuppressionsAdded(count) => return td_string!(locale, log.deed_suppressions_added, count = count, n = n(count)),
        Deed::ContactsSuppressed(count) => return td_string!(locale, log.deed_contacts_suppressed, count = count, n = n(count)),
        Deed::SuppressionsExported(count) => {
            return td_string!(locale, log.deed_suppressions_exported, count = count, n = n(count));
        }
        Deed::MessagesExported(_, count) => {
            return td_string!(locale, log.deed_messages_exported, count = count, n = n(count));
        }
        Deed::LogExported(count) => return td_string!(locale, log.deed_log_exported, count = count, n = n(count)),
        Deed::DomainsChecked(count) => return td_string!(locale, log.deed_domains_checked, count = count, n = n(count)),
        Deed::LibraryAdded(_) => td_string!(locale, log.deed_library_added),
        Deed::LibraryChanged(_) => td_string!(locale, log.deed_library_changed),
        Deed::LibraryDeleted(_) => td_string!(locale, log.deed_library_deleted),
        Deed::ImportStarted(_) => td_string!(locale, log.deed_import_started),
        Deed::ImportStopped(_) => td_string!(locale, log.deed_import_stopped),
        Deed::ContactsTagged(_, count) => return td_string!(locale, log.deed_contacts_tagged, count = count, n = n(count)),
        Deed::ContactsUntagged(_, count) => return td_string!(locale, log.deed_contacts_untagged, count = count, n = n(count)),
        Deed::ContactsGiven(_, count) => return td_string!(locale, log.deed_contacts_given, count = count, n = n(count)),
        Deed::ContactsNoBulk(true, count) => return td_string!(locale, log.deed_contacts_no_bulk, count = count, n = n(count)),
        Deed::ContactsNoBulk(false, count) => {
            return td_string!(locale, log.deed_contacts_bulk_again, count = count, n = n(count));
        }
        Deed::ContactsKindSet(_, count) => return td_string!(locale, log.deed_contacts_kind_set, count = count, n = n(count)),
        Deed::ContactsDeleted(count) => return td_string!(locale, log.deed_contacts_deleted, count = count, n = n(count)),
        Deed::DuplicatesDismissed(count) => {
            return td_string!(locale, log.deed_duplicates_dismissed, count = count, n = n(count));
        }
        Deed::Installed => td_string!(locale, log.deed_installed),
        Deed::SignedIn => td_string!(locale, log.deed_signed_in),
        Deed::SignInFailed => td_string!(locale, log.deed_sign_in_failed),
        Deed::SignedOut => td_string!(locale, log.deed_signed_out),
        Deed::SessionRevoked(_) => td_string!(locale, log.deed_session_revoked),
        Deed::ProfileChanged => td_string!(locale, log.deed_profile_changed),
        Deed::PasswordChanged => td_string!(locale, log.deed_password_changed),
        Deed::UserInvited(_) => td_string!(locale, log.deed_user_invited),
        Deed::LinkRenewed(_) => td_string!(locale, log.deed_link_renewed),
        Deed::LinkUsed(_) => td_string!(locale, log.deed_link_used),
        Deed::UserChanged(_) => td_string!(locale, log.deed_user_changed),
        Deed::UserDisabled(_) => td_string!(locale, log.deed_user_disabled),
        Deed::UserEnabled(_) => td_string!(locale, log.deed_user_enabled),
        Deed::RoleCreated(_) => td_string!(locale, log.deed_role_created),
        Deed::RoleChanged(_) => td_string!(locale, log.deed_role_changed),
        Deed::RoleDeleted(_) => td_string!(locale, log.deed_role_deleted),
        Deed::CompanyChanged => td_string!(locale, log.deed_company_changed),
        Deed::AccountCreated(_) => td_string!(locale, log.deed_account_created),
        Deed::AccountChanged(_) => td_string!(locale, log.deed_account_changed),
        Deed::AccountMadeDefault(_) => td_string!(locale, log.deed_account_made_default),
        Deed::AccountPaused(_) => td_string!(locale, log.deed_account_paused),
        Deed::AccountResumed(_) => td_string!(locale, log.deed_account_resumed),
        Deed::SmsCreditLow(_) => td_string!(locale, log.deed_sms_credit_low),
        Deed::SmsStopped(_) => td_string!(locale, log.deed_sms_stopped),
        Deed::SmsResumed(_) => td_string!(locale, log.deed_sms_resumed),
        Deed::AccountInTrouble(_) => td_string!(locale, log.deed_account_in_trouble),
        Deed::AccountDeleted(_) => td_string!(locale, log.deed_account_deleted),
        Deed::AccountTested(_) => td_string!(locale, log.deed_account_tested),
        Deed::StandInsChanged(_) => td_string!(locale, log.deed_stand_ins_changed),
        Deed::CopyMailboxChanged(_) => td_string!(locale, log.deed_copy_mailbox_changed),
        Deed::CopyMailboxRemoved(_) => td_string!(locale, log.deed_copy_mailbox_removed),
        Deed::CopyMailboxTested(_) => td_string!(locale, log.deed_copy_mailbox_tested),
        Deed::CopiesRetried(_) => td_string!(locale, log.deed_copies_retried),
        Deed::DkimKeyCreated(_) => td_string!(locale, log.deed_dkim_key_created),
        Deed::DkimKeyUsed(_) => td_string!(locale, log.deed_dkim_key_used),
        Deed::DkimKeyRetired(_) => td_string!(locale, log.deed_dkim_key_retired),
        Deed::DkimKeyDeleted(_) => td_string!(locale, log.deed_dkim_key_deleted),
        Deed::BounceMailboxChanged(_) => td_string!(locale, log.deed_bounce_mailbox_changed),
        Deed::BounceMailboxRemoved(_) => td_string!(locale, log.deed_bounce_mailbox_removed),
        Deed::BounceMailboxTested(_) => td_string!(locale, log.deed_bounce_mailbox_tested),
        Deed::BounceDismissed(_) => td_string!(locale, log.deed_bounce_dismissed),
        Deed::BouncedAddressKept(_) => td_string!(locale, log.deed_bounced_address_kept),
        Deed::SenderAsked(_) => td_string!(locale, log.deed_sender_asked),
        Deed::SenderConfirmed(_) => td_string!(locale, log.deed_sender_confirmed),
        Deed::SenderRemoved(_) => td_string!(locale, log.deed_sender_removed),
        Deed::DomainVouched(ref domain) => return td_string!(locale, log.deed_domain_vouched, domain = domain.shown()),
        Deed::DomainUnvouched(ref domain) => return td_string!(locale, log.deed_domain_unvouched, domain = domain.shown()),
        Deed::DeliveryArrived(..) => td_string!(locale, log.deed_delivery_arrived),
        Deed::DeliveryReturned(..) => td_string!(locale, log.deed_delivery_returned),
        Deed::DeliveryComplained(..) => td_string!(locale, log.deed_delivery_complained),
        Deed::ContactCreated(_) => td_string!(locale, log.deed_contact_created),
        Deed::ContactChanged(_) => td_string!(locale, log.deed_contact_changed),
        Deed::ContactImported(..) => td_string!(locale, log.deed_contact_imported),
        Deed::ContactRestored(..) => td_string!(locale, log.deed_contact_restored),
        Deed::ContactsMerged(..) => td_string!(locale, log.deed_contacts_merged),
        Deed::CommentWritten(..) => td_string!(locale, log.deed_comment_written),
        Deed::CommentChanged(..) => td_string!(locale, log.deed_comment_changed),
        Deed::CommentDeleted(..) => td_string!(locale, log.deed_comment_deleted),
        Deed::ViewSaved(_) => td_string!(locale, log.deed_view_saved),
        Deed::ViewDeleted(_) => td_string!(locale, log.deed_view_deleted),
        Deed::ContactDeleted(_) => td_string!(locale, log.deed_contact_deleted),
        Deed::ConsentNoted(_, _, ConsentState::Given) => td_string!(locale, log.deed_consent_given),
        Deed::ConsentNoted(_, _, ConsentState::Asked) => td_string!(locale, log.deed_consent_asked),
        Deed::ConsentNoted(_, _, ConsentState::Confirmed) => td_string!(locale, log.deed_consent_confirmed),
        Deed::ConsentNoted(_, _, ConsentState::Withdrawn) => td_string!(locale, log.deed_consent_withdrawn),
        Deed::ConsentNoted(_, _, ConsentState::Unknown) => td_string!(locale, log.deed_consent_unknown),
        Deed::ContactPasswordSet(_) => td_string!(locale, log.deed_contact_password_set),
        Deed::ContactPasswordRemoved(_) => td_string!(locale, log.deed_contact_password_removed),
        Deed::ContactPasswordShown(_) => td_string!(locale, log.deed_contact_password_shown),
        Deed::LogMailChanged => td_string!(locale, log.deed_log_mail_changed),
        Deed::EvidenceMade(..) => td_string!(locale, log.deed_evidence_made),
        Deed::MasterKeyChanged => td_string!(locale, log.deed_master_key_changed),
        Deed::DataKeyTakenUp(number) => return td_string!(locale, log.deed_data_key_taken_up, n = number),
        Deed::DataResealed(number) => return td_string!(locale, log.deed_data_resealed, n = number),
        Deed::PersonExported(_) => td_string!(locale, log.deed_person_exported),
        Deed::PersonErased(..) => td_string!(locale, log.deed_person_erased),
        Deed::FieldCreated(_) => td_string!(locale, log.deed_field_created),
        Deed::FieldChanged(_) => td_string!(locale, log.deed_field_changed),
        Deed::FieldDeleted(..) => td_string!(locale, log.deed_field_deleted),
        Deed::FieldsReordered => td_string!(locale, log.deed_fields_reordered),
        Deed::ListCreated(_) => td_string!(locale, log.deed_list_created),
        Deed::ListChanged(_) => td_string!(locale, log.deed_list_changed),
        Deed::ListDeleted(_) => td_string!(locale, log.deed_list_deleted),
        Deed::SegmentCreated(_) => td_string!(locale, log.deed_segment_created),
        Deed::SegmentChanged(_) => td_string!(locale, log.deed_segment_changed),
        Deed::SegmentDeleted(_) => td_string!(locale, log.deed_segment_deleted),
        Deed::TemplateCreated(_) => td_string!(locale, log.deed_template_created),
        Deed::TemplateChanged(..) => td_string!(locale, log.deed_template_changed),
        Deed::TemplateSwitched(_, true) => td_string!(locale, log.deed_template_activated),
        Deed::TemplateSwitched(_, false) => td_string!(locale, log.deed_template_deactivated),
        Deed::TemplateRestored(..) => td_string!(locale, log.deed_template_restored),
        Deed::TemplateReset(_) => td_string!(locale, log.deed_template_reset),
        Deed::TemplateDeleted(_) => td_string!(locale, log.deed_template_deleted),
        Deed::ContactSuppressed(_) => td_string!(locale, log.deed_contact_suppressed),
        Deed::Unsubscribed(_, Channel::Email) => td_string!(locale, log.deed_unsubscribed_email),
        Deed::Unsubscribed(_, Channel::Sms) => td_string!(locale, log.deed_unsubscribed_sms),
        Deed::SuppressionLifted(..) => td_string!(locale, log.deed_suppression_lifted),
        Deed::MessagePrepared(_) => td_string!(locale, log.deed_message_prepared),
        Deed::MessageReopened(_) => td_string!(locale, log.deed_message_reopened),
        Deed::MessageUndone(_) => td_string!(locale, log.deed_message_undone),
        Deed::MessageResent(..) => td_string!(locale, log.deed_message_resent),
        Deed::DraftDeleted(_) => td_string!(locale, log.deed_draft_deleted),
        Deed::DeliveryAccepted(..) => td_string!(locale, log.deed_delivery_accepted),
        Deed::DeliveryRejected(..) => td_string!(locale, log.deed_delivery_rejected),
        Deed::DeliveryDeferred(..) => td_string!(locale, log.deed_delivery_deferred),
        Deed::DeliverySuppressed(..) => td_string!(locale, log.deed_delivery_suppressed),
        Deed::DeliveryUnknown(..) => td_string!(locale, log.deed_delivery_unknown),
        Deed::DeliveryExpired(..) => td_string!(locale, log.deed_delivery_expired),
        Deed::DeliveryHastened(..) => td_string!(locale, log.deed_delivery_hastened),
        Deed::DeliveryRemoved(..) => td_string!(locale, log.deed_delivery_removed),
        Deed::Campaign(_, deed) => return super::campaign_deeds::campaign_deed(locale, deed),
        Deed::Oauth(_, _, deed) => super::oauth::deed(locale, deed),
        Deed::Archive(deed) => return super::old_archive::deed(locale, deed),
        Deed::Retention(deed) => return super::retention::deed(locale, deed),
        Deed::ApprovalRuleChanged => td_string!(locale, log.deed_approval_rule_changed),
        Deed::DatabasePutBack => td_string!(locale, log.deed_database_put_back),
        Deed::PutBackLetRun(count) => return td_string!(locale, log.deed_put_back_let_run, count = count, n = n(count)),
        Deed::PutBackSetAside(count) => return td_string!(locale, log.deed_put_back_set_aside, count = count, n = n(count)),
        Deed::SendingPaused => td_string!(locale, log.deed_sending_paused),
        Deed::SendingResumed => td_string!(locale, log.deed_sending_resumed),
        Deed::RetryRulesChanged => td_string!(locale, log.deed_retry_rules_changed),
        Deed::DeliveryDecided(_, _, Decision::SendAgain) => td_string!(locale, log.deed_delivery_sent_again),
        Deed::DeliveryDecided(_, _, Decision::TakeAsAccepted) => td_string!(locale, log.deed_delivery_taken_as_accepted),
        Deed::AttachmentOpened(..) => td_string!(locale, log.deed_attachment_opened),
        Deed::CapturedOpened(_) => td_string!(locale, log.deed_captured_opened),
        Deed::CapturedCleared => td_string!(locale, log.deed_captured_cleared),
    };
    words.to_owned()
}

/// The kind of a thing with its name, or with its number when it has no name any more.
pub fn thing(locale: Locale, subject: Subject, name: &str) -> String {
    let kind = kind(locale, subject);
    if name.is_empty() {
        td_string!(locale, log.thing_numbered, kind = kind, id = number(subject))
    } else {
        td_string!(locale, log.thing_named, kind = kind, name = name.to_owned())
    }
}

/// What a family of deeds is about.
pub fn family(locale: Locale, family: DeedFamily) -> &'static str {
    match family {
        DeedFamily::Messages => td_string!(locale, log.family_messages),
        DeedFamily::Deliveries => td_string!(locale, log.family_deliveries),
        DeedFamily::Campaigns => td_string!(locale, log.family_campaigns),
        DeedFamily::Contacts => td_string!(locale, log.family_contacts),
        DeedFamily::Lists => td_string!(locale, log.family_lists),
        DeedFamily::Suppressions => td_string!(locale, log.family_suppressions),
        DeedFamily::Templates => td_string!(locale, log.family_templates),
        DeedFamily::Sending => td_string!(locale, log.family_sending),
        DeedFamily::Users => td_string!(locale, log.family_users),
        DeedFamily::Security => td_string!(locale, log.family_security),
        DeedFamily::Settings => td_string!(locale, log.family_settings),
    }
}

/// What kind of thing it is.
pub fn kind(locale: Locale, subject: Subject) -> &'static str {
    match subject {
        Subject::User(_) => td_string!(locale, log.thing_user),
        Subject::Role(_) => td_string!(locale, log.thing_role),
        Subject::Contact(_) => td_string!(locale, log.thing_contact),
        Subject::RecipientList(_) => td_string!(locale, log.thing_list),
        Subject::Segment(_) => td_string!(locale, log.thing_segment),
        Subject::Template(_) => td_string!(locale, log.thing_template),
        Subject::Account(_) => td_string!(locale, log.thing_account),
        Subject::Campaign(_) => td_string!(locale, log.thing_campaign),
        Subject::Message(_) => td_string!(locale, log.thing_message),
    }
}

fn number(subject: Subject) -> i64 {
    match subject {
        Subject::User(id) => id.0,
        Subject::Role(id) => id.0,
        Subject::Contact(id) => id.0,
        Subject::RecipientList(id) => id.0,
        Subject::Segment(id) => id.0,
        Subject::Template(id) => id.0,
        Subject::Account(id) => id.0,
        Subject::Campaign(id) => id.0,
        Subject::Message(id) => id.0,
    }
}

#[cfg(test)]
mod tests {
    use model::{AccountId, MessageId};

    use super::*;

    #[test]
    fn a_released_message_counts_its_addresses() {
        let words = |locale, n| deed(locale, &Deed::MessageReleased(MessageId(1), n));
        assert_eq!(words(Locale::sk, 1), "Odoslanie správy na 1 adresu");
        assert_eq!(words(Locale::cs, 3), "Odeslání zprávy na 3 adresy");
        assert_eq!(words(Locale::sk, 5), "Odoslanie správy na 5 adries");
        assert_eq!(words(Locale::en, 5), "Sent a message to 5 addresses");
    }

    #[test]
    fn a_thing_without_a_name_is_numbered() {
        let account = Subject::Account(AccountId(3));
        assert_eq!(thing(Locale::cs, account, "Obchod"), "Účet: Obchod");
        assert_eq!(thing(Locale::cs, account, ""), "Účet č. 3");
    }
}
