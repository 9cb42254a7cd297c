-- By which field documents expire.

alter table pagurus_collections add column expiry text;  -- its name; null if they stay
