package match

import "sync"

// usual are the characters that calls are full of, in groups of about the same chance:
// counted in the examples of the rules and in the bundled calls.
var usual = []struct {
	chance     float64
	characters string
}{
	{1. / 40, "您的我是好了请有"},
	{1. / 80, "问一谢号不以可上吗下服电要心帮客你"},
	{1. / 200, "到等感再么为没个这嗯月单什先生来还在理天点机就办见工那查歉务抱们系他"},
	{1. / 400, "0123456789已马时三给打需其清人中楚会说待元记联能经耐里看路用多话日挂二题行快家户信五后对常订非费少明回前断解想事核小八午很零别登"},
	{1. / 800, "合保才接开水实带女网六士四地账稍通刚收啊分气意高提金改身退都七配呃九证着吧愉手跟期十址发线麻安报码扰候价便公之随怎门周致烦表自情方诉姓修呢思银热哦内活现也代和年份款去半件样投扣统过主约业装续员百真师询坐x"},
	{1. / 2000, "讲让反供录找定太急息同送出作今昨星司处李长管林原哪起成专刻交每新州放错预本申大换早写平补南海短何法格间包达箱次递拨晚位知道得子名喂顺器度把己笔消认由确流钱正动宽转积险云园货示欢释直利红盒票阳未复况按计赔久态做全边从量挺体两秒拜密河底字区听餐套城享料市叫评效缺松切值空取乐几唔建规abcdefghijklmnopqrstuvwyz"},
}

// unusual is the chance of any other character.
const unusual = 1. / 6000

// edges are the breaks of folded text and the mark that stands before and behind it.
const edges = ",.?!\"\n"

var chances = sync.OnceValue(func() map[rune]float64 {
	all := map[rune]float64{}
	for _, r := range edges {
		all[r] = chanceOfEdge
	}
	for _, group := range usual {
		for _, r := range group.characters {
			all[r] = group.chance
		}
	}
	return all
})

const chanceOfEdge = 1. / 10

// chanceOf estimates how often a character of a call is this one, from 0 to 1.
func chanceOf(r rune) float64 {
	if c, known := chances()[r]; known {
		return c
	}
	return unusual
}

// chance estimates how often a text holds one of the set at any of its characters,
// from 0 to 1; 1 stands for a set that selects nothing: it has the empty text, or a lone break,
// which every text holds. However common its characters are, any other set selects, so
// that the figures above decide how fast a pack is, never whether it is one.
func chance(set []string) float64 {
	if len(set) == 0 {
		return 1
	}
	sum := 0.0
	for _, s := range set {
		one := 1.0
		for _, r := range s {
			one *= chanceOf(r)
		}
		if one >= chanceOfEdge {
			return 1
		}
		sum += one
	}
	return min(sum, 0.99)
}
