-- What the documents of a collection are made of, so that code which would write others is refused at the same revision.

alter table pagurus_collections add column shape text;  -- a line for each property: its path and kind; null if not known
