package scenario
import ("testing";"fmt";"path/filepath";"os")
func TestZ(t *testing.T){
 if os.Getenv("Z")=="" {t.Skip()}
 f,_:=filepath.Glob("testdata/bad/*.yaml")
 for _,x:=range f { _,err:=Load(x,Options{}); for _,p:=range err.(Problems){fmt.Println(p)} }
}
