-- What became of a delivery and nobody knows, in the order in which it was handed over.
CREATE INDEX deliveries_unknown ON deliveries (handed_at, id) WHERE state = 'unknown';

-- Written and emptied at once to find out whether a full disk has room again.
CREATE TABLE room (filler BLOB NOT NULL) STRICT;

-- What an entry is about, made of its deed, so that the log is read by kind. Most entries tell what became of deliveries.
ALTER TABLE audit ADD COLUMN family TEXT NOT NULL DEFAULT 'deliveries';
UPDATE audit
SET family = CASE
    WHEN name IN ('TestSent', 'MessagePrepared', 'MessageReopened', 'MessageReleased', 'MessageUndone', 'MessageCancelled',
        'MessageResent', 'DraftDeleted', 'AttachmentOpened', 'EvidenceMade', 'MessagesExported', 'Archive') THEN 'messages'
    WHEN name IN ('Campaign') THEN 'campaigns'
    WHEN name IN ('ContactCreated', 'ContactChanged', 'ContactImported', 'ContactRestored', 'ContactDeleted', 'ConsentNoted',
        'ContactPasswordSet', 'ContactPasswordRemoved', 'ContactPasswordShown', 'PersonExported', 'PersonErased',
        'ContactsTagged', 'ContactsUntagged', 'ContactsGiven', 'ContactsNoBulk', 'ContactsKindSet',
        'ContactsDeleted', 'ContactsMerged', 'DuplicatesDismissed', 'CommentWritten', 'CommentChanged',
        'CommentDeleted', 'ImportStarted', 'ImportStopped', 'ImportEnded', 'ImportUndone', 'ContactsExported') THEN 'contacts'
    WHEN name IN ('ListCreated', 'ListChanged', 'ListDeleted', 'ListGrew', 'ListShrank', 'SegmentCreated', 'SegmentChanged',
        'SegmentDeleted') THEN 'lists'
    WHEN name IN ('BounceDismissed', 'BouncedAddressKept', 'SuppressionsAdded', 'ContactSuppressed', 'ContactsSuppressed',
        'Unsubscribed', 'SuppressionLifted', 'SuppressionsExported', 'DomainsChecked') THEN 'suppressions'
    WHEN name IN ('TemplateCreated', 'TemplateChanged', 'TemplateSwitched', 'TemplateRestored', 'TemplateReset',
        'TemplateDeleted', 'LibraryAdded', 'LibraryChanged', 'LibraryReplaced', 'LibraryDeleted') THEN 'templates'
    WHEN name IN ('AccountCreated', 'AccountChanged', 'AccountMadeDefault', 'AccountPaused', 'AccountResumed',
        'AccountInTrouble', 'SmsCreditLow', 'SmsStopped', 'SmsResumed', 'AccountDeleted', 'AccountTested', 'Oauth',
        'StandInsChanged', 'CopyMailboxChanged', 'CopyMailboxRemoved', 'CopyMailboxTested', 'CopiesRetried',
        'DkimKeyCreated', 'DkimKeyUsed', 'DkimKeyRetired', 'DkimKeyDeleted', 'BounceMailboxChanged',
        'BounceMailboxRemoved', 'BounceMailboxTested', 'SenderAsked', 'SenderConfirmed', 'SenderRemoved',
        'DomainVouched', 'DomainUnvouched', 'SendingPaused', 'SendingResumed', 'DatabasePutBack', 'PutBackLetRun',
        'PutBackSetAside', 'RetryRulesChanged', 'CapturedOpened', 'CapturedCleared') THEN 'sending'
    WHEN name IN ('ProfileChanged', 'UserInvited', 'UserChanged', 'UserDisabled', 'UserEnabled', 'RoleCreated', 'RoleChanged',
        'RoleDeleted') THEN 'users'
    WHEN name IN ('SignedIn', 'SignInFailed', 'SignedOut', 'SessionRevoked', 'PasswordChanged', 'LinkRenewed', 'LinkUsed',
        'LogExported', 'LogMailChanged', 'MasterKeyChanged', 'DataKeyTakenUp', 'DataResealed') THEN 'security'
    WHEN name IN ('Installed', 'CompanyChanged', 'FieldCreated', 'FieldChanged', 'FieldDeleted', 'FieldsReordered',
        'ViewSaved', 'ViewDeleted', 'ApprovalRuleChanged', 'Retention') THEN 'settings'
    ELSE 'settings'
END
FROM (SELECT id AS entry, iif(json_type(deed) = 'object', (SELECT key FROM json_each(deed)), deed ->> '$') AS name
      FROM audit WHERE deed NOT LIKE '{"Delivery%')
WHERE entry = id;
CREATE INDEX audit_by_family ON audit (family, id) WHERE family <> 'deliveries';
-- What people did; the background is user 1.
CREATE INDEX audit_by_people ON audit (id) WHERE actor_id <> 1;
