-- 2,000 feeds, 400,000 stories, 1,000,000 items of 30 days; 10,000 subscriptions of 30 feeds, 10 issues each of 10 stories; one item of 50 was changed.
INSERT INTO feed (id, url, url_hash, kind, title, due_at, failures, disabled, created_at)
SELECT n, 'https://news.example/' || n, md5(n::text) || md5(n::text), 'feed', 'Feed ' || n,
       now_at + (n % 3600 - 20) * interval '1 second', 0, '', now_at
FROM generate_series(1, 2000) n, (SELECT timestamptz '2026-03-04 12:00+00' AS now_at) t;

INSERT INTO story (id, title, language, first_at, last_at, features, items, sources)
SELECT n, 'Story ' || n, 'en', at, at, '{"terms": ["envoy", "talks"]}', 2, 2
FROM generate_series(1, 400000) n,
     LATERAL (SELECT timestamptz '2026-03-04 12:00+00' - (n::float8 / 400000) * interval '30 days' AS at) t;

INSERT INTO story_key (key, story_id)
SELECT DISTINCT 'k' || (n * 7919::bigint * k) % (CASE k WHEN 1 THEN 50 WHEN 2 THEN 5000 ELSE 100000 END) || '-' || k, n
FROM generate_series(1, 400000) n, generate_series(1, 5) k;

INSERT INTO item (id, feed_id, story_id, url, title, text, language, published_at, seen_at, changed_at, revision)
SELECT n, 1 + (n * 7919::bigint) % 2000, 1 + (n::bigint * 400000 / 1000001), 'https://news.example/a/' || n,
       'Envoy arrives for talks, part ' || n, repeat('Talks began on Monday in the capital. ', 8), 'en', at, at, CASE n % 50 WHEN 0 THEN at + interval '2 hours' ELSE at END,
       CASE n % 50 WHEN 0 THEN 2 ELSE 1 END
FROM generate_series(1, 1000000) n,
     LATERAL (SELECT timestamptz '2026-03-04 12:00+00' - (n::float8 / 1000000) * interval '30 days' AS at) t;

INSERT INTO item_identity (feed_id, identity, item_id, shared, seen_at)
SELECT feed_id, 'g:' || md5(id::text), id, false, seen_at FROM item;

INSERT INTO subscription (id, chat_id, topic_id, enabled, reason, languages, schedule, length, most_items, include, exclude,
                          least_sources, heading, say_when_empty, created_at, due_at)
SELECT n, -1000000 - n, 0, true, '', '["prs"]', '{"kind": "times", "times": ["16:30"], "timezone": "Asia/Kabul"}', 'short', 20,
       '[]', '[]', 1, '', false, timestamptz '2026-03-04 12:00+00', timestamptz '2026-03-04 12:00+00' + (n - 100) * interval '8 seconds'
FROM generate_series(1, 10000) n;

INSERT INTO subscription_feed (subscription_id, feed_id, position)
SELECT s, 1 + (s * 31 + f * 61) % 2000, f FROM generate_series(1, 10000) s, generate_series(1, 30) f
ON CONFLICT DO NOTHING;

INSERT INTO issue (id, subscription_id, slot, state, reason, message_ids, created_at, made_at, posted_at)
SELECT s * 100 + d, s, at, 'posted', '', '[1]', at, at, at
FROM generate_series(1, 10000) s, generate_series(1, 10) d,
     LATERAL (SELECT timestamptz '2026-03-04 12:00+00' - d * interval '1 day' AS at) t;

INSERT INTO issue_story (issue_id, story_id, subscription_id, position)
SELECT s * 100 + d, 13333 * d + 1 + (s * 37 + p * 17) % 1000, s, p
FROM generate_series(1, 10000) s, generate_series(1, 10) d, generate_series(0, 9) p
ON CONFLICT DO NOTHING;
