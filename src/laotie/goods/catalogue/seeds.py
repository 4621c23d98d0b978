"""The categories a market usually begins with. A line is a category: address, zh, en; indented below its parent."""

WORDS = """
food 食品生鲜 Food
  seafood 海鲜水产 Seafood
    fresh-seafood 鲜活海鲜 Fresh seafood
    dried-seafood 海味干货 Dried seafood
  fruit 新鲜水果 Fruit
    seasonal-fruit 时令水果 Fruit in season
    dried-fruit 果干蜜饯 Dried fruit
  snacks 休闲零食 Snacks
    nuts 坚果炒货 Nuts
    pastry 糕点饼干 Pastry and biscuits
  staples 粮油速食 Staples
    rice-noodles 米粉面条 Rice noodles and noodles
    grain-oil 米面粮油 Grain and oil
    seasoning 调味酱料 Seasoning and sauces
  drinks 茶酒饮料 Drinks
    tea 茶叶 Tea
    beverages 饮料冲调 Beverages
clothes 服饰鞋包 Clothes
  womens-wear 女装 Women's wear
    dresses 连衣裙 Dresses
    womens-tops 女士上衣 Tops
    sun-wear 防晒服饰 Sun wear
  mens-wear 男装 Men's wear
    mens-tops 男士上衣 Men's tops
    mens-trousers 男裤 Men's trousers
  childrens-wear 童装 Children's wear
    baby-wear 婴幼儿服饰 Baby wear
    kids-wear 中大童服饰 Kids' wear
  shoes-bags 鞋靴箱包 Shoes and bags
    shoes 鞋靴 Shoes
    bags 箱包 Bags
home 家居家电 Home
  appliances 家用电器 Appliances
    kitchen-appliances 厨房电器 Kitchen appliances
    home-appliances 生活电器 Household appliances
  kitchen 厨房用品 Kitchen
    cookware 锅具炊具 Cookware
    tableware 餐具 Tableware
  textiles 家纺布艺 Textiles
    bedding 床上用品 Bedding
  daily 日用百货 Daily needs
    cleaning 清洁用品 Cleaning
    paper 纸品湿巾 Paper goods
digital 手机数码 Digital
  phones 手机通讯 Phones
    mobile-phones 手机 Mobile phones
    phone-parts 手机配件 Phone accessories
  computers 电脑办公 Computers
    laptops 笔记本 Laptops
    office 办公用品 Office goods
  sound-vision 影音数码 Sound and vision
    earphones 耳机音响 Earphones and speakers
beauty 美妆个护 Beauty
  skincare 护肤 Skin care
    face-care 面部护肤 Face care
    sun-care 防晒 Sun care
  care 个人护理 Personal care
    hair-care 洗发护发 Hair care
    oral-care 口腔护理 Oral care
jewellery 珠宝文玩 Jewellery
  jade 翡翠玉石 Jade
    bracelets 手镯 Bracelets
    pendants 吊坠 Pendants
  crafts 手作工艺 Crafts
    handmade 手工艺品 Handmade things
leisure 汽车运动 Cars and sport
  cars 汽车用品 Car care
    car-care 洗车养护 Washing and care
    car-interior 车内用品 Car interior
  sport 运动户外 Sport and outdoors
    outdoor 户外装备 Outdoor gear
    fitness 健身器材 Fitness
  toys 母婴玩具 Toys and baby
    toy 玩具 Toys
    baby-care 母婴用品 Baby care
"""


def _parsed(words: str) -> list[tuple[str, str, str, str]]:
    """(parent's slug, slug, zh, en), parents first."""
    rows, above = [], [""] * 4
    for written in words.strip().splitlines():
        slug, name_zh, name_en = written.split(maxsplit=2)
        level = (len(written) - len(written.lstrip())) // 2
        above[level + 1] = slug
        rows.append((above[level], slug, name_zh, name_en))
    return rows


TREE = _parsed(WORDS)
