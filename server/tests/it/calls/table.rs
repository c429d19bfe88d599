//! Every call, an input that it understands, and who may make it.

use model::DeliveredRole::{self, Administrator, Manager, Reader, Writer};
use model::{
    AccountDraft, Audience, AuditQuery, BounceQuery, BulkChange, CampaignDraft, CampaignQuery, Channel, Chosen, CommentOn,
    Company, ConsentDraft, ConsentQuestion, ConsentState, ConsentWay, ContactColumns, ContactDraft, ContactFilter, ContactId,
    ContactQuery, ContactSuppressionDraft, ContactViewDraft, CopyDraft, CopySettings, Day, Decision, DkimAlgorithm,
    DuplicatePlace, DuplicateReason, FieldChange, FieldDraft, FieldId, FirstRun, Identity, ImportPlan, Language, LibraryDraft,
    LibraryQuery, ListDraft, ListQuery, MailboxDraft, MailboxSettings, MergeDraft, MessageColumns, MessageDraft, MessageFilter,
    MessageQuery, MessageViewDraft, OauthDraft, OauthReturn, OauthSettings, OauthUse, OutboxQuery, Profile, Purpose,
    PutBackDecision, ReadinessCheck, RecipientListId, ResendTo, RetentionRules, RetryRules, RoleDraft, SegmentDraft, SegmentRule,
    SenderQuestion, SmsAccountDraft, SmsGateway, StandIns, SuppressionFilter, SuppressionQuery, SuppressionsDraft, SurveyOrder,
    Takeover, TemplateDraft, TemplateQuery, TestOrder, UserDraft, ViewedList,
};
use serde_json::{Value, json};

/// One call.
pub struct Call {
    /// Room and name.
    pub path: &'static str,
    /// Who may make it.
    pub door: Door,
    /// Something it understands; where it names a thing, there is no such thing.
    pub input: fn() -> Value,
}

/// Who may make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Anybody who knows the secret that is part of the input.
    Open,
    /// Whoever is signed in.
    SignedIn,
    /// Only these of the delivered roles.
    Only(&'static [DeliveredRole]),
}

/// An id that nothing has.
const NOTHING: i64 = 999_999;

const ADMINISTRATORS: Door = Door::Only(&[Administrator]);
const MANAGERS: Door = Door::Only(&[Administrator, Manager]);
const WRITERS: Door = Door::Only(&[Administrator, Manager, Writer]);
const READERS: Door = Door::Only(&[Administrator, Manager, Writer, Reader]);

const fn call(path: &'static str, door: Door, input: fn() -> Value) -> Call {
    Call { path, door, input }
}

/// All calls there are. The order is that in which the test of rights makes them; what ends the session comes last.
pub const CALLS: &[Call] = &[
    call("session/sign_in", Door::Open, || json!({ "email": "eva@example.sk", "password": "guessed" })),
    call(
        "session/set_up",
        Door::Open,
        || json!({ "first_run": FirstRun { token: "guessed".to_owned(), ..FirstRun::default() } }),
    ),
    call("session/open_invitation", Door::Open, || json!({ "token": "guessed" })),
    call("session/accept_invitation", Door::Open, || json!({ "token": "guessed", "password": "ešte dlhšie heslo" })),
    call("session/who_am_i", Door::SignedIn, nothing),
    call("palette/find_anything", Door::SignedIn, || json!({ "words": "nova" })),
    call("overview/open_overview", Door::SignedIn, || json!({ "midnight": 0 })),
    call("accounts/list_accounts", WRITERS, nothing),
    call("sms/save_sms_account", ADMINISTRATORS, || json!({ "id": NOTHING, "draft": sms_account() })),
    call("sms/test_sms_account", ADMINISTRATORS, || json!({ "id": null, "draft": sms_account() })),
    call("sms/list_sms_presets", ADMINISTRATORS, nothing),
    call("sms/offer_phones", READERS, || json!({ "words": "eva" })),
    call("sms/expand_phones", READERS, || json!({ "audience": Audience::List(RecipientListId(NOTHING)) })),
    call("accounts/save_account", ADMINISTRATORS, || json!({ "id": NOTHING, "draft": account() })),
    call("accounts/test_account", ADMINISTRATORS, || json!({ "id": null, "draft": account() })),
    call("accounts/check_readiness", ADMINISTRATORS, || json!({ "id": NOTHING, "check": ReadinessCheck::Spf })),
    call("accounts/make_account_default", ADMINISTRATORS, id),
    call("accounts/pause_account", ADMINISTRATORS, id),
    call("accounts/resume_account", ADMINISTRATORS, id),
    call("accounts/delete_account", ADMINISTRATORS, id),
    call("oauth/open_oauth", ADMINISTRATORS, || json!({ "account": NOTHING, "used_for": OauthUse::Relay })),
    call("oauth/save_oauth", ADMINISTRATORS, || json!({ "account": NOTHING, "used_for": OauthUse::Relay, "draft": oauth() })),
    call("oauth/begin_oauth", ADMINISTRATORS, || json!({ "account": NOTHING, "used_for": OauthUse::Mailbox })),
    call("oauth/finish_oauth", ADMINISTRATORS, || json!({ "back": OauthReturn::default() })),
    call("oauth/sign_out_oauth", ADMINISTRATORS, || json!({ "account": NOTHING, "used_for": OauthUse::Relay })),
    call("oauth/remove_oauth", ADMINISTRATORS, || json!({ "account": NOTHING, "used_for": OauthUse::Relay })),
    call("stand_ins/open_stand_ins", ADMINISTRATORS, || json!({ "account": NOTHING })),
    call("stand_ins/save_stand_ins", ADMINISTRATORS, || json!({ "account": NOTHING, "stand_ins": StandIns::default() })),
    call("copies/open_copy_mailbox", ADMINISTRATORS, || json!({ "account": NOTHING })),
    call("copies/save_copy_mailbox", ADMINISTRATORS, || json!({ "account": NOTHING, "draft": copy_mailbox() })),
    call("copies/remove_copy_mailbox", ADMINISTRATORS, || json!({ "account": NOTHING })),
    call("copies/test_copy_mailbox", ADMINISTRATORS, || json!({ "account": NOTHING, "draft": CopyDraft::default() })),
    call("copies/retry_copies", ADMINISTRATORS, || json!({ "account": NOTHING })),
    call("dkim/list_dkim_keys", ADMINISTRATORS, || json!({ "domain": "firma.sk" })),
    call("dkim/make_dkim_key", ADMINISTRATORS, || json!({ "domain": "firma.sk", "algorithm": DkimAlgorithm::Ed25519 })),
    call("dkim/check_dkim_key", ADMINISTRATORS, id),
    call("dkim/use_dkim_key", ADMINISTRATORS, id),
    call("dkim/retire_dkim_key", ADMINISTRATORS, id),
    call("dkim/delete_dkim_key", ADMINISTRATORS, id),
    call("bounces/open_bounce_mailbox", ADMINISTRATORS, || json!({ "account": NOTHING })),
    call("bounces/save_bounce_mailbox", ADMINISTRATORS, || json!({ "account": NOTHING, "draft": bounce_mailbox() })),
    call("bounces/remove_bounce_mailbox", ADMINISTRATORS, || json!({ "account": NOTHING })),
    call("bounces/test_bounce_mailbox", ADMINISTRATORS, || json!({ "account": NOTHING, "draft": MailboxDraft::default() })),
    call("bounces/list_stray_bounces", ADMINISTRATORS, || json!({ "query": BounceQuery::default() })),
    call("bounces/dismiss_stray_bounce", ADMINISTRATORS, id),
    call("bounces/list_bounced_addresses", WRITERS, || json!({ "query": BounceQuery::default() })),
    call("bounces/suppress_bounced_addresses", WRITERS, ids),
    call("bounces/keep_bounced_addresses", WRITERS, ids),
    call("bounces/list_contact_bounces", READERS, || json!({ "contact": NOTHING })),
    call("bounces/list_message_bounces", READERS, || json!({ "message": NOTHING })),
    call("senders/list_senders", ADMINISTRATORS, nothing),
    call("senders/ask_sender", ADMINISTRATORS, || json!({ "question": SenderQuestion::default() })),
    call("senders/remove_sender", ADMINISTRATORS, id),
    call("senders/vouch_domain", ADMINISTRATORS, || json!({ "domain": "firma.sk" })),
    call("senders/unvouch_domain", ADMINISTRATORS, || json!({ "domain": "firma.sk" })),
    call("senders/open_own_sender", WRITERS, nothing),
    call("senders/save_own_sender", WRITERS, || json!({ "identity": Identity::Account })),
    call("senders/ask_own_sender", WRITERS, || json!({ "question": SenderQuestion::default() })),
    call("outbox/look_at_outbox", MANAGERS, nothing),
    call("outbox/list_outbox", MANAGERS, || json!({ "query": OutboxQuery::default() })),
    call("outbox/send_deliveries_now", MANAGERS, ids),
    call("outbox/remove_deliveries", MANAGERS, ids),
    call("outbox/open_delivery", MANAGERS, || json!({ "id": NOTHING })),
    call("outbox/decide_deliveries", MANAGERS, || json!({ "ids": [NOTHING], "decision": Decision::SendAgain })),
    call("outbox/pause_sending", MANAGERS, nothing),
    call("outbox/open_retry_rules", ADMINISTRATORS, nothing),
    call("outbox/save_retry_rules", ADMINISTRATORS, || json!({ "rules": RetryRules::default() })),
    call("outbox/resume_sending", MANAGERS, nothing),
    call("outbox/decide_put_back", MANAGERS, || json!({ "decision": PutBackDecision::LetRun })),
    call("audit/list_audit", ADMINISTRATORS, || json!({ "query": AuditQuery::default() })),
    call("audit/open_proof", ADMINISTRATORS, nothing),
    call("audit/open_log_mail", ADMINISTRATORS, nothing),
    call("audit/save_log_mail", ADMINISTRATORS, || json!({ "to": model::NoticeTo::default() })),
    call("capture/list_captured", ADMINISTRATORS, || json!({ "after": null })),
    call("capture/open_captured", ADMINISTRATORS, id),
    call("capture/clear_captured", ADMINISTRATORS, nothing),
    call("contacts/list_contacts", READERS, || json!({ "query": ContactQuery::default() })),
    call("contacts/count_contacts", READERS, || json!({ "filter": ContactFilter::default() })),
    call("contacts/count_contacts_exactly", READERS, || json!({ "filter": ContactFilter::default() })),
    call("contacts/open_contact", READERS, id),
    call("contacts/save_contact", WRITERS, || json!({ "key": [NOTHING, 1], "draft": ContactDraft::default() })),
    call("contacts/delete_contact", MANAGERS, id),
    call("contacts/open_kin", READERS, id),
    call("contacts/list_tags", READERS, || json!({ "words": "" })),
    call("contacts/list_owners", READERS, nothing),
    call("contacts/list_alterations", READERS, id),
    call("contacts/list_consents", READERS, || json!({ "contact": NOTHING })),
    call("contacts/note_consent", WRITERS, || json!({ "contact": NOTHING, "draft": consent() })),
    call("contacts/ask_consent", WRITERS, || json!({ "contact": NOTHING, "question": consent_question() })),
    call("contacts/set_attachment_password", WRITERS, || json!({ "id": NOTHING, "password": "dlhé heslo" })),
    call("contacts/show_attachment_password", ADMINISTRATORS, id),
    call("fields/list_fields", READERS, nothing),
    call("fields/save_field", ADMINISTRATORS, || json!({ "id": NOTHING, "draft": field() })),
    call("fields/reorder_fields", ADMINISTRATORS, || json!({ "order": [] })),
    call("fields/count_lost_values", ADMINISTRATORS, || json!({ "change": FieldChange::Remove(FieldId(NOTHING)) })),
    call("fields/delete_field", ADMINISTRATORS, id),
    call("persons/open_holdings", READERS, id),
    call("persons/erase_person", ADMINISTRATORS, id),
    call("imports/list_imports", MANAGERS, || json!({ "after": null })),
    call("imports/open_import", MANAGERS, id),
    call("imports/look_at_import", MANAGERS, || json!({ "id": NOTHING, "reading": null })),
    call("imports/preview_import", MANAGERS, || json!({ "id": NOTHING, "plan": ImportPlan::default() })),
    call("imports/start_import", MANAGERS, || json!({ "id": NOTHING, "plan": ImportPlan::default() })),
    call("imports/stop_import", MANAGERS, id),
    call("imports/undo_import", MANAGERS, id),
    call("imports/forget_import", MANAGERS, id),
    call("imports/list_import_report", MANAGERS, || json!({ "id": NOTHING, "behind": 0 })),
    call("bulk/change_contacts", WRITERS, || json!({ "chosen": nobody(), "change": BulkChange::NoBulk(true), "after": null })),
    call("bulk/delete_contacts", MANAGERS, || json!({ "chosen": nobody(), "after": null })),
    call("bulk/pick_recipients", READERS, || json!({ "chosen": nobody() })),
    call("bulk/pick_phones", READERS, || json!({ "chosen": nobody() })),
    call("comments/list_comments", READERS, || json!({ "on": CommentOn::Contact(ContactId(NOTHING)) })),
    call("comments/write_comment", WRITERS, || json!({ "on": CommentOn::Contact(ContactId(NOTHING)), "text": "Volať" })),
    call(
        "comments/change_comment",
        WRITERS,
        || json!({ "on": CommentOn::Contact(ContactId(NOTHING)), "id": NOTHING, "text": "Volať" }),
    ),
    call("comments/delete_comment", WRITERS, || json!({ "on": CommentOn::Contact(ContactId(NOTHING)), "id": NOTHING })),
    call("views/open_list_settings", READERS, nothing),
    call("views/open_message_list_settings", READERS, nothing),
    call("views/save_columns", READERS, || json!({ "columns": ContactColumns::default() })),
    call("views/save_message_columns", READERS, || json!({ "columns": MessageColumns::default() })),
    call("views/save_view", READERS, || json!({ "id": NOTHING, "draft": ContactViewDraft::default() })),
    call("views/save_message_view", READERS, || json!({ "id": NOTHING, "draft": MessageViewDraft::default() })),
    call("views/delete_view", READERS, || json!({ "list": ViewedList::Contacts, "id": NOTHING })),
    call("views/set_default_view", READERS, || json!({ "list": ViewedList::Messages, "id": NOTHING })),
    call(
        "duplicates/list_duplicates",
        READERS,
        || json!({ "place": DuplicatePlace { reason: DuplicateReason::Email, from: String::new() } }),
    ),
    call("duplicates/dismiss_duplicates", WRITERS, || json!({ "reason": DuplicateReason::Email, "key": "nobody@example.sk" })),
    call("duplicates/find_holders", READERS, || json!({ "emails": ["nobody@example.sk"], "phones": [], "besides": null })),
    call("duplicates/merge_contacts", MANAGERS, || json!({ "draft": merge() })),
    call("history/list_messages", READERS, || json!({ "query": MessageQuery::default() })),
    call("history/count_messages", READERS, || json!({ "filter": MessageFilter::default() })),
    call("history/survey_messages", READERS, || json!({ "filter": MessageFilter::default() })),
    call("history/open_message", READERS, id),
    call("history/open_message_source", READERS, id),
    call("archives/list_archives", ADMINISTRATORS, nothing),
    call("archives/start_archive", ADMINISTRATORS, id),
    call("archives/stop_archive", ADMINISTRATORS, id),
    call("archives/forget_archive", ADMINISTRATORS, id),
    call("archives/list_archive_notes", ADMINISTRATORS, id),
    call("retention/open_retention", ADMINISTRATORS, nothing),
    call("retention/save_retention", ADMINISTRATORS, || json!({ "revision": 1, "rules": RetentionRules::default() })),
    call("retention/switch_retention", ADMINISTRATORS, || json!({ "nightly": false })),
    call("retention/look_at_retention", ADMINISTRATORS, nothing),
    call("retention/stop_retention", ADMINISTRATORS, nothing),
    call("retention/apply_retention", ADMINISTRATORS, nothing),
    call("retention/empty_bin", ADMINISTRATORS, nothing),
    call("retention/keep_campaign_as_proof", ADMINISTRATORS, || json!({ "id": NOTHING, "is_proof": true })),
    call("retention/list_bin", MANAGERS, || json!({ "filter": {}, "after": null })),
    call("retention/delete_messages", MANAGERS, || json!({ "ids": [NOTHING] })),
    call("retention/restore_messages", MANAGERS, || json!({ "ids": [NOTHING] })),
    call("retention/keep_messages_as_proof", ADMINISTRATORS, || json!({ "ids": [NOTHING], "is_proof": true })),
    call("messages/save_draft", WRITERS, draft),
    call("messages/open_draft", WRITERS, id),
    call("messages/delete_draft", WRITERS, id),
    call("messages/prepare_message", WRITERS, draft),
    call("messages/send_message", WRITERS, draft),
    call("messages/release_messages", WRITERS, ids),
    call("messages/list_undoable", WRITERS, nothing),
    call("messages/undo_send", WRITERS, id),
    call("messages/cancel_messages", WRITERS, ids),
    call("messages/look_at_resending", WRITERS, ids),
    call("messages/resend_messages", WRITERS, || json!({ "ids": [NOTHING], "to": ResendTo::Everybody })),
    call("messages/decide_delivery", MANAGERS, || json!({ "id": NOTHING, "decision": Decision::TakeAsAccepted })),
    call("picker/offer_picks", READERS, || json!({ "words": "eva", "purpose": Purpose::General })),
    call(
        "picker/expand_set",
        READERS,
        || json!({ "audience": Audience::List(RecipientListId(NOTHING)), "purpose": Purpose::General }),
    ),
    call("picker/look_up_recipients", READERS, || json!({ "emails": ["eva@example.sk"] })),
    call("recipient_lists/name_lists", READERS, || json!({ "ids": [NOTHING] })),
    call("recipient_lists/list_lists", READERS, || json!({ "query": ListQuery::default() })),
    call("recipient_lists/open_list", READERS, id),
    call("recipient_lists/list_memberships", READERS, || json!({ "contact": NOTHING })),
    call("recipient_lists/save_list", MANAGERS, || json!({ "key": [NOTHING, 1], "draft": ListDraft::default() })),
    call("recipient_lists/delete_list", MANAGERS, id),
    call("recipient_lists/add_to_list", MANAGERS, list_and_chosen),
    call("recipient_lists/remove_from_list", MANAGERS, list_and_chosen),
    call(
        "recipient_lists/take_over_into_list",
        MANAGERS,
        || json!({ "id": NOTHING, "takeover": Takeover::default(), "after": null }),
    ),
    call("segments/list_segments", READERS, || json!({ "query": ListQuery::default() })),
    call("segments/open_segment", READERS, id),
    call("segments/save_segment", MANAGERS, || json!({ "key": [NOTHING, 1], "draft": SegmentDraft::default() })),
    call("segments/delete_segment", MANAGERS, id),
    call("segments/count_segment", READERS, || json!({ "rule": SegmentRule::default() })),
    call("segments/preview_segment", READERS, || json!({ "rule": SegmentRule::default() })),
    call("segments/explain_segment", READERS, || json!({ "rule": SegmentRule::default(), "contact": NOTHING })),
    call("suppressions/list_suppressions", READERS, || json!({ "query": SuppressionQuery::default() })),
    call("suppressions/count_suppressions", READERS, || json!({ "filter": SuppressionFilter::default() })),
    call("suppressions/check_suppressed", READERS, || json!({ "addresses": ["eva@example.sk"] })),
    call("suppressions/open_contact_standing", READERS, id),
    call("suppressions/add_suppressions", WRITERS, || json!({ "draft": SuppressionsDraft::default() })),
    call("suppressions/add_suppressions_of_file", WRITERS, || json!({ "draft": SuppressionsDraft::default() })),
    call("suppressions/suppress_contact", WRITERS, || json!({ "id": NOTHING, "draft": ContactSuppressionDraft::default() })),
    call("suppressions/suppress_contacts", WRITERS, || {
        let draft = ContactSuppressionDraft::default();
        json!({ "chosen": Chosen::Ticked(vec![ContactId(NOTHING)]), "draft": draft, "after": null })
    }),
    call("suppressions/check_domains", WRITERS, || json!({ "addresses": [] })),
    call("suppressions/lift_suppression", MANAGERS, || json!({ "id": NOTHING, "reason": "consent" })),
    call("library/list_library", WRITERS, || json!({ "query": LibraryQuery::default() })),
    call("library/list_library_folders", WRITERS, nothing),
    call("library/list_library_uses", WRITERS, id),
    call("library/change_library_item", MANAGERS, || json!({ "id": NOTHING, "revision": 1, "draft": library_draft() })),
    call("library/delete_library_item", MANAGERS, id),
    call("library/take_from_library", WRITERS, id),
    call("messages/copy_message", WRITERS, || json!({ "id": NOTHING, "way": "Again" })),
    call("messages/list_message_values", WRITERS, || json!({ "contact": null, "to": "" })),
    call("campaigns/list_campaigns", MANAGERS, || json!({ "query": CampaignQuery::default() })),
    call("campaigns/open_campaign", MANAGERS, id),
    call("campaigns/save_campaign", MANAGERS, || json!({ "key": [NOTHING, 1], "draft": CampaignDraft::default() })),
    call("campaigns/take_template", MANAGERS, || json!({ "id": NOTHING })),
    call("campaigns/copy_campaign", MANAGERS, || json!({ "id": NOTHING, "name": "Kópia" })),
    call("campaigns/correct_campaign", MANAGERS, || json!({ "id": NOTHING, "version": null, "name": "Oprava" })),
    call("campaigns/follow_up_campaign", MANAGERS, || json!({ "id": NOTHING, "reaction": "Nothing", "name": "Znova" })),
    call(
        "campaigns/list_reactions",
        MANAGERS,
        || json!({ "query": { "campaign": NOTHING, "reaction": "Clicked", "after": null } }),
    ),
    call("campaigns/delete_campaign", MANAGERS, id),
    call("campaigns/check_campaign_content", MANAGERS, || json!({ "draft": CampaignDraft::default() })),
    call("campaigns/check_campaign", MANAGERS, id),
    call("campaigns/list_audience", MANAGERS, || json!({ "query": { "campaign": NOTHING, "group": "Getting", "after": null } })),
    call("campaigns/prepare_campaign", MANAGERS, id),
    call("campaigns/stop_campaign_work", MANAGERS, id),
    call("campaigns/discard_prepared", MANAGERS, id),
    call("campaigns/list_review_groups", MANAGERS, id),
    call("campaigns/list_prepared", MANAGERS, || json!({ "query": { "place": review_place(), "words": "", "after": null } })),
    call("campaigns/review_message", MANAGERS, || json!({ "place": review_place(), "message": null })),
    call(
        "campaigns/edit_prepared",
        MANAGERS,
        || json!({ "id": NOTHING, "message": NOTHING, "revision": 1, "draft": { "subject": "", "html": "", "text": "" } }),
    ),
    call("campaigns/exclude_prepared", MANAGERS, || json!({ "id": NOTHING, "messages": [NOTHING], "is_excluded": true })),
    call("campaigns/exclude_set_apart", MANAGERS, id),
    call("campaigns/exclude_ticked", MANAGERS, || json!({ "messages": [NOTHING] })),
    call(
        "campaigns/fill_prepared",
        MANAGERS,
        || json!({ "id": NOTHING, "fill": { "scope": "Everybody", "path": "contact.name", "value": "Eva" } }),
    ),
    call("campaigns/preview_regeneration", MANAGERS, id),
    call("campaigns/regenerate_unsent", MANAGERS, id),
    call("campaigns/update_unsent_attachments", MANAGERS, id),
    call(
        "campaigns/test_campaign",
        MANAGERS,
        || json!({ "id": NOTHING, "contact": null, "language": null, "to": "eva@example.sk" }),
    ),
    call("campaigns/price_campaign", MANAGERS, id),
    call("campaigns/get_approval_rule", MANAGERS, nothing),
    call("campaigns/set_approval_rule", ADMINISTRATORS, || json!({ "rule": "Never" })),
    call("campaigns/request_approval", MANAGERS, || json!({ "id": NOTHING, "comment": "" })),
    call("campaigns/decide_approval", MANAGERS, || json!({ "id": NOTHING, "approves": true, "comment": "" })),
    call("campaigns/release_campaign", MANAGERS, || json!({ "id": NOTHING, "at": null })),
    call("campaigns/unschedule_campaign", MANAGERS, id),
    call("campaigns/pause_campaign", MANAGERS, id),
    call("campaigns/resume_campaign", MANAGERS, id),
    call("campaigns/cancel_campaign", MANAGERS, id),
    call("campaigns/pace_campaign", MANAGERS, || json!({ "id": NOTHING, "pace": { "per_hour": null, "window": null } })),
    call("campaigns/show_campaign_flow", MANAGERS, id),
    call("campaigns/show_campaign_report", MANAGERS, id),
    call(
        "campaigns/list_campaign_failures",
        MANAGERS,
        || json!({ "query": { "campaign": NOTHING, "kind": null, "after": null } }),
    ),
    call("campaigns/retry_failed", MANAGERS, id),
    call("campaigns/list_campaign_history", MANAGERS, || json!({ "id": NOTHING, "after": null })),
    call(
        "campaigns/list_run_messages",
        MANAGERS,
        || json!({ "query": { "campaign": NOTHING, "span": { "kind": "Sent", "since": 0, "until": null }, "after": null } }),
    ),
    call("templates/list_templates", MANAGERS, || json!({ "query": TemplateQuery::default() })),
    call("templates/offer_templates", WRITERS, || json!({ "channel": Channel::Email, "words": "" })),
    call("templates/open_template", MANAGERS, id),
    call("templates/save_template", MANAGERS, || json!({ "key": [NOTHING, 1], "draft": TemplateDraft::default() })),
    call("templates/check_template", MANAGERS, || json!({ "draft": TemplateDraft::default() })),
    call(
        "templates/save_message_as_template",
        MANAGERS,
        || json!({ "id": NOTHING, "name": "Predloha", "language": Language::Sk }),
    ),
    call("templates/duplicate_template", MANAGERS, || json!({ "id": NOTHING, "name": "Kópia" })),
    call("templates/switch_templates", MANAGERS, || json!({ "keys": [[NOTHING, 1]], "is_active": true })),
    call("templates/delete_templates", MANAGERS, ids),
    call("templates/list_template_history", MANAGERS, id),
    call("templates/list_template_versions", MANAGERS, id),
    call("templates/open_template_version", MANAGERS, || json!({ "id": NOTHING, "version": 1 })),
    call("templates/restore_template", MANAGERS, || json!({ "key": [NOTHING, 1], "version": 1 })),
    call("templates/reset_templates", MANAGERS, || json!({ "keys": [[NOTHING, 1]] })),
    call("templates/hold_template", MANAGERS, id),
    call("templates/leave_template", MANAGERS, id),
    call("templates/list_record_types", WRITERS, || json!({ "language": Language::Sk })),
    call("templates/list_merge_fields", WRITERS, || json!({ "record": null, "language": Language::Sk })),
    call("templates/list_merge_values", WRITERS, || json!({ "contact": NOTHING, "language": null })),
    call("templates/apply_template", WRITERS, || json!({ "id": NOTHING, "contact": null, "to": "" })),
    call("templates/survey_text", WRITERS, || json!({ "order": survey_order() })),
    call("templates/test_template", WRITERS, || json!({ "order": test_order() })),
    call("templates/last_test_addresses", WRITERS, || json!({ "channel": Channel::Email })),
    call("settings/open_company", ADMINISTRATORS, nothing),
    call("settings/open_search_progress", ADMINISTRATORS, nothing),
    call("settings/save_company", ADMINISTRATORS, || json!({ "company": Company::default() })),
    call("users/list_users", ADMINISTRATORS, nothing),
    call("users/invite_user", ADMINISTRATORS, || json!({ "draft": UserDraft::default() })),
    call("users/renew_link", ADMINISTRATORS, id),
    call("users/save_user", ADMINISTRATORS, || json!({ "id": NOTHING, "draft": UserDraft::default() })),
    call("users/disable_user", ADMINISTRATORS, id),
    call("users/enable_user", ADMINISTRATORS, id),
    call("users/list_roles", ADMINISTRATORS, nothing),
    call("users/save_role", ADMINISTRATORS, || json!({ "id": NOTHING, "draft": RoleDraft::default() })),
    call("users/delete_role", ADMINISTRATORS, id),
    call("profile/save_profile", Door::SignedIn, || json!({ "profile": Profile::default() })),
    call("profile/change_password", Door::SignedIn, || json!({ "old": "guessed", "new": "ešte dlhšie heslo" })),
    call("profile/list_sessions", Door::SignedIn, nothing),
    call("profile/revoke_session", Door::SignedIn, id),
    call("profile/revoke_other_sessions", Door::SignedIn, nothing),
    call("session/sign_out", Door::SignedIn, nothing),
];

fn library_draft() -> LibraryDraft {
    LibraryDraft { name: "logo.png".to_owned(), folder: String::new() }
}

fn nothing() -> Value {
    json!({})
}

fn id() -> Value {
    json!({ "id": NOTHING })
}

fn ids() -> Value {
    json!({ "ids": [NOTHING] })
}

fn list_and_chosen() -> Value {
    json!({ "id": NOTHING, "chosen": Chosen::Ticked(Vec::new()), "after": null })
}

fn nobody() -> Chosen {
    Chosen::Ticked(vec![ContactId(NOTHING)])
}

fn merge() -> MergeDraft {
    MergeDraft { survivor: (ContactId(NOTHING), 1), other: (ContactId(NOTHING + 1), 1), fields: ContactDraft::default() }
}

fn draft() -> Value {
    json!({ "key": null, "draft": MessageDraft::default() })
}

/// An account whose relay is not there: nothing listens on port 9 of this machine.
fn consent() -> ConsentDraft {
    ConsentDraft {
        channel: Channel::Email,
        state: ConsentState::Given,
        on: Day(20_000),
        way: ConsentWay::Paper,
        proof: "zmluva 12".to_owned(),
    }
}

fn consent_question() -> ConsentQuestion {
    ConsentQuestion {
        channel: Channel::Email,
        language: Language::Sk,
        subject: "Súhlas".to_owned(),
        text: "Dobrý deň".to_owned(),
        statement: "Súhlasím.".to_owned(),
    }
}

fn test_order() -> TestOrder {
    TestOrder { template: None, draft: TemplateDraft::default(), language: Language::Sk, contact: None, to: String::new() }
}

fn survey_order() -> SurveyOrder {
    SurveyOrder { draft: TemplateDraft::default(), chosen: Chosen::Ticked(Vec::new()), after: None }
}

fn field() -> FieldDraft {
    FieldDraft { name: "Cenník".to_owned(), ..FieldDraft::default() }
}

fn copy_mailbox() -> CopyDraft {
    let (host, user_name) = ("imap.example.sk".to_owned(), "archiv".to_owned());
    CopyDraft { settings: CopySettings { host, user_name, ..CopySettings::default() }, password: None }
}

fn bounce_mailbox() -> MailboxDraft {
    let settings = MailboxSettings {
        address: "vratene@example.sk".to_owned(),
        host: "127.0.0.1".to_owned(),
        port: 9,
        user_name: "vratene".to_owned(),
        ..MailboxSettings::default()
    };
    MailboxDraft { settings, password: None }
}

fn sms_account() -> SmsAccountDraft {
    SmsAccountDraft { name: "SMS".to_owned(), ..SmsAccountDraft::new(SmsGateway::Capture) }
}

fn oauth() -> OauthDraft {
    OauthDraft { settings: OauthSettings { client_id: "posel".to_owned(), ..OauthSettings::default() }, client_secret: None }
}

fn account() -> AccountDraft {
    let mut draft =
        AccountDraft { name: "Relay".to_owned(), sender_address: "info@example.sk".to_owned(), ..AccountDraft::default() };
    draft.smtp.host = "127.0.0.1".to_owned();
    draft.smtp.port = 9;
    draft
}

fn review_place() -> Value {
    json!({ "campaign": NOTHING, "group": "All", "sort": "Place" })
}
