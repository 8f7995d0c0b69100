-- To whom a notice was distributed. A member without channels has no delivery: it fetches the notice at the desk.
CREATE TABLE recipient (
    notice BLOB NOT NULL REFERENCES notice (id),
    member TEXT NOT NULL REFERENCES member (id),
    at     TEXT NOT NULL,
    PRIMARY KEY (notice, member)
) WITHOUT ROWID;
CREATE INDEX recipient_member ON recipient (member, notice);

-- Until now only deliveries, receipts and replies told it.
INSERT INTO recipient (notice, member, at)
SELECT notice, member, MIN(at) FROM (
    SELECT notice, member, next_at AS at FROM delivery
    UNION ALL SELECT notice, member, at FROM receipt
    UNION ALL SELECT notice, member, at FROM reply
) GROUP BY notice, member;
