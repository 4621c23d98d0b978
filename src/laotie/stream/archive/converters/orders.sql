-- One table of order lines (raw, every value text, _line the file's line) into an archive's tables.

create macro reason_of(said) as case  -- what is none of ours is passed on, and the check names it
    when said is null then null
    when regexp_matches(said, '描述|不符|假|少发|漏发|发错|wrong|describ|fake|missing', 'i') then 'not_as_claimed'
    when regexp_matches(said, '破|损|碎|damage|broken', 'i') then 'damaged'
    when regexp_matches(said, '慢|超时|未收到|没收到|迟|未按约定|late|slow|not received|delay', 'i') then 'late'
    when regexp_matches(said, '服务|态度|service|rude', 'i') then 'service'
    when regexp_matches(said, '质量|瑕疵|变质|坏|quality|defect|faulty', 'i') then 'quality'
    when regexp_matches(said, '不想要|不喜欢|多拍|拍错|七天|无理由|尺|chang|mind|size|fit', 'i') then 'changed_mind'
    else said end;
create macro canceller_of(said) as case
    when said is null then 'unknown'
    when regexp_matches(said, '卖|商|店|seller|shop|merchant', 'i') then 'shop'
    when regexp_matches(said, '买|用户|buyer|customer|user', 'i') then 'buyer'
    when regexp_matches(said, '平台|platform', 'i') then 'platform'
    when lower(said) in ('unknown', '未知', '系统') then 'unknown' else said end;

create table sold as
select *, coalesce(line, "order" || ':' || row_number() over (partition by "order" order by _line)) as line_id,
       coalesce(category, 'all') as category_key, shop || '/' || product as product_key,
       coalesce(unit_price, case when try_cast(amount as decimal(18, 4)) is not null
           then cast(round(try_cast(amount as decimal(18, 4)) / greatest(coalesce(try_cast(quantity as bigint), 1), 1), 2)
                as varchar) end, '0') as price,
       coalesce(paid_at, case when coalesce(shipped_at, signed_at) is not null then placed_at end) as money_at,
       coalesce(shipped_at, signed_at) as left_at,
       -- One bad line must not take its shop, product or buyer with it: what is made of many leans on the sound ones.
       case when try_cast(placed_at as timestamptz) is not null then placed_at end as sound_at,
       case when try_cast(price as decimal(18, 4)) >= 0 then price end as sound_price
from raw;

create table categories as
select category_key as id, left(category_key, 80) as name_zh, left(category_key, 80) as name_en, min(source) as source
from sold group by category_key order by min(_line);

create table buyers as
select id, left(id, 40) as name, coalesce(min(sound_at), min(placed_at)) as joined_at, min(source) as source
from (select buyer as id, placed_at, sound_at, source from sold union all
      select creator, placed_at, sound_at, source from sold where creator is not null)
group by id order by min(source);

create table shops as
select shop as id, left(shop, 80) as name, coalesce(min(sound_at), min(placed_at)) as approved_at, min(source) as source
from sold group by shop order by min(_line);

create table products as
select product_key as id, any_value(shop) as shop, arg_max(category_key, _line) as category,
       left(any_value(product), 160) as title, coalesce(min(sound_at), min(placed_at)) as listed_at, min(source) as source
from sold group by product_key order by min(_line);

create table offers as
select product_key as id, product_key as product, any_value(shop) as shop, coalesce(arg_max(sound_price, _line) filter (where sound_price is not null), min(price)) as price,
       min(source) as source
from sold group by product_key order by min(_line);

create table orders as
select "order" as id, any_value(buyer) as buyer, any_value(shop) as shop,
       case when max(cancelled_at) is not null then 'cancelled' when max(signed_at) is not null then 'signed'
            when max(left_at) is not null then 'shipped' when max(money_at) is not null then 'paid' else 'placed' end as state,
       min(placed_at) as placed_at, min(money_at) as paid_at, max(promised_ship_at) as promised_ship_at,
       max(promised_arrival_at) as promised_arrival_at, max(cancelled_at) as cancelled_at,
       case when max(cancelled_at) is not null then canceller_of(max(cancelled_by)) end as cancelled_by,
       min(source) as source
from sold group by "order" order by min(_line);

create table lines as
select line_id as id, "order", product_key as offer, coalesce(quantity, '1') as quantity, price as unit_price, creator,
       source
from sold order by _line;

create table parcels as
select "order" as id, "order", min(left_at) as shipped_at, max(signed_at) as signed_at, min(source) as source
from sold where left_at is not null and cancelled_at is null group by "order" order by min(_line);

create table reviews as
select line_id as id, line_id as line, stars, words,
       coalesce(reviewed_at, signed_at, left_at, placed_at) as written_at, source
from sold where stars is not null order by _line;

create table refunds as
select line_id as id, "order", line_id as line, price as amount, reason_of(refund_reason) as reason, 'asked' as state,
       coalesce(refund_at, signed_at, left_at, placed_at) as asked_at, source
from sold where refund_reason is not null order by _line;
