package mask
import ("testing";"bufio";"os";"fmt";"encoding/json";"time";"github.com/zhijian-qa/zhijian/internal/call")
func TestZZ(t *testing.T){
 f,_:=os.Open(os.Getenv("ZZ")); sc:=bufio.NewScanner(f); sc.Buffer(nil,1<<24)
 var calls []*call.Call; n:=0
 for sc.Scan(){ c:=&call.Call{}; if json.Unmarshal(sc.Bytes(),c)!=nil {continue}; calls=append(calls,c); for _,tt:=range c.Turns {n+=len(tt.Text)} }
 for range 5 { b:=time.Now(); for _,c:=range calls {Call(c)}; d:=time.Since(b); fmt.Println(len(calls),n,d,float64(n)/1e6/d.Seconds(),"MB/s") }
 for _,c:=range calls { m:=Call(c); if m==c {continue}; for i:=range c.Turns { if m.Turns[i].Text!=c.Turns[i].Text { fmt.Println(">>",c.Turns[i].Text,"=>",m.Turns[i].Text)} } }
}
